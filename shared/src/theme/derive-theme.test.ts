import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_LOOK, lookSchema } from '../branding.ts'
import { contrast } from './colour.ts'
import { deriveTheme } from './derive-theme.ts'
import { anyLook } from './look.arbitrary.ts'
import { PAIRS } from './pairs.ts'
import type { Scheme } from './tokens.ts'

const SCHEMES: readonly Scheme[] = ['light', 'dark']
const theme = (look: Parameters<typeof lookSchema.parse>[0]) => deriveTheme(lookSchema.parse(look))

test('whatever is chosen, every pair reaches its contrast in both schemes', () => {
  const tooWeak = (look: Parameters<typeof deriveTheme>[0]) => {
    const derived = deriveTheme(look)
    return SCHEMES.flatMap((scheme) =>
      PAIRS.flatMap(({ front, grounds, least }) =>
        grounds
          .filter((ground) => contrast(derived[scheme][front], derived[scheme][ground]) < least)
          .map((ground) => `${scheme}: ${front} on ${ground}`),
      ),
    )
  }
  fc.assert(
    fc.property(anyLook, (look) => {
      expect(tooWeak(look)).toEqual([])
    }),
    { numRuns: 400 },
  )
})

describe('the default look', () => {
  const { light, dark, shape } = deriveTheme(DEFAULT_LOOK)

  test('in light', () => {
    expect(light).toEqual({
      canvas: '#eef2f1',
      niche: '#f5f9f8',
      surface: '#fdfefe',
      sunken: '#f3f7f6',
      line: '#dee3e3',
      edge: '#858f8c',
      ink: '#1a201e',
      'ink-soft': '#58605d',
      'on-canvas': '#1c201f',
      'on-canvas-soft': '#555d5b',
      brand: '#1c5c50',
      'brand-hover': '#0e5247',
      'brand-press': '#004a3f',
      'brand-edge': '#1c5c50',
      'on-brand': '#f6fcfa',
      accent: '#1c5c50',
      'accent-soft': '#e6f5f1',
      focus: '#1c5c50',
      danger: '#b12725',
      'danger-soft': '#ffece9',
      'on-danger': '#ffffff',
      warning: '#885700',
      'warning-soft': '#fdeede',
      success: '#1e7546',
      'success-soft': '#e3f7e9',
      panel: '#00332a',
      'on-panel': '#eef7f5',
      'panel-1': '#004137',
      'panel-2': '#105348',
      'panel-3': '#2f6d60',
      'panel-4': '#5a9789',
      'panel-light': '#fadda9',
    })
  })

  test('in dark', () => {
    expect(dark).toEqual({
      canvas: '#0b0f0e',
      niche: '#101413',
      surface: '#161a19',
      sunken: '#0d1210',
      line: '#2a2e2d',
      edge: '#68716f',
      ink: '#e7efed',
      'ink-soft': '#a9b2af',
      'on-canvas': '#e7edeb',
      'on-canvas-soft': '#aab3b1',
      brand: '#7bb9ab',
      'brand-hover': '#86c4b6',
      'brand-press': '#8fcebf',
      'brand-edge': '#7bb9ab',
      'on-brand': '#0b1916',
      accent: '#7bb9ab',
      'accent-soft': '#1b2f2a',
      focus: '#7bb9ab',
      danger: '#fa9489',
      'danger-soft': '#3e211e',
      'on-danger': '#000000',
      warning: '#e0a861',
      'warning-soft': '#38260f',
      success: '#78c995',
      'success-soft': '#163120',
      panel: '#001c16',
      'on-panel': '#eef7f5',
      'panel-1': '#002720',
      'panel-2': '#00372e',
      'panel-3': '#044c41',
      'panel-4': '#327063',
      'panel-light': '#e3c693',
    })
  })

  test('in shape', () => {
    expect(shape).toEqual({
      corner: '10px',
      'corner-card': '20px',
      'corner-small': '6px',
      'font-display': 'var(--font)',
    })
  })
})

describe('what was chosen', () => {
  test('is kept where it can be seen and read', () => {
    const { light, dark } = theme({
      brand: '#b5562b',
      background: '#faf1e4',
      backgroundDark: '#1d1511',
      text: '#33261e',
    })
    expect(light).toMatchObject({ brand: '#b5562b', canvas: '#faf1e4', ink: '#33261e' })
    expect(dark.canvas).toBe('#1d1511')
  })

  test('may be written in capitals', () => {
    expect(theme({ brand: '#E6FF00', background: '#FAF1E4' })).toEqual(
      theme({ brand: '#e6ff00', background: '#faf1e4' }),
    )
  })

  test('counts as not chosen when it is no colour', () => {
    const hostile = { ...DEFAULT_LOOK, brand: 'red;background:url(//evil)', background: 'var(--x)', text: '}</style>' }
    expect(deriveTheme(hostile)).toEqual(deriveTheme(DEFAULT_LOOK))
  })

  test('makes the page itself the card in the plain layout', () => {
    const { light } = theme({ background: '#e6ff00', layout: 'plain' })
    expect(light.surface).toBe('#e6ff00')
  })
})

describe('the report', () => {
  const reported = (look: Parameters<typeof theme>[0], scheme: Scheme) =>
    theme(look)
      .report.filter((correction) => correction.scheme === scheme)
      .map(({ token, reason }) => [token, reason])

  test('is empty for a look that is used as asked', () => {
    expect(reported({ brand: '#1c5c50', text: '#1a201e' }, 'light')).toEqual([])
  })

  test('names what was asked and what is used instead', () => {
    const { dark, report } = theme({ brand: '#1c5c50' })
    expect(report).toEqual([
      { scheme: 'dark', token: 'brand', asked: '#1c5c50', used: dark.brand, reason: 'button_vanishes' },
    ])
  })

  test('tells of a text that can not be read', () => {
    expect(reported({ text: '#cccccc' }, 'light')).toEqual([['ink', 'text_unreadable']])
  })

  test('tells of a pale brand that gets dark text and an edge', () => {
    expect(reported({ brand: '#e6ff00' }, 'light')).toEqual([
      ['on-brand', 'white_unreadable'],
      ['brand-edge', 'edge_needed'],
    ])
  })

  test('tells of a white button on a white card, which becomes ink', () => {
    expect(reported({ brand: '#ffffff' }, 'light')).toEqual([['brand', 'button_vanishes']])
  })
})
