import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_LOOK, type Look } from '../branding.ts'
import { deriveTheme, type Theme } from './derive-theme.ts'
import { anyLook } from './look.arbitrary.ts'
import { themeCss } from './theme-css.ts'

const COLOUR = '--[a-z]+(?:-[a-z0-9]+)*:#[0-9a-f]{6}'
const FAMILY = '(?:[a-z-]+|[A-Z][a-z]+|"[A-Z][A-Za-z ]+"|var\\(--font\\))'
const SHAPE = `--corner(?:-card|-small)?:\\d+px|--font-display:${FAMILY}(?:,${FAMILY})*`
const block = (declaration: string) => `\\{(?:(?:${declaration})(?:;(?:${declaration}))*)?\\}`
const GRAMMAR = new RegExp(
  `^:root${block(`${COLOUR}|${SHAPE}`)}\\n` +
    `@media \\(prefers-color-scheme:dark\\)\\{:root:not\\(\\[data-theme=light\\]\\)${block(COLOUR)}\\}\\n` +
    `:root\\[data-theme=dark\\]${block(COLOUR)}$`,
)

const ATTACKS = [
  'red;background:url(//evil)',
  '}</style><script>',
  'expression(1)',
  'var(--x)',
  '#ffffff;a:b',
  '#fff',
  '#FFFFFF\n}',
]

const hostileText = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.constantFrom('__proto__', 'constructor', 'toString'),
  fc.string({ unit: 'binary' }),
)

/** What a look would be if nobody had validated it. */
const hostileLook = fc.record({
  brand: hostileText,
  background: hostileText,
  backgroundDark: hostileText,
  text: hostileText,
  corners: hostileText,
  font: hostileText,
  mode: hostileText,
  layout: hostileText,
})

test('a look that was let in becomes a whole style sheet', () => {
  fc.assert(
    fc.property(anyLook, (look) => {
      const css = themeCss(deriveTheme(look))
      expect(css).toMatch(GRAMMAR)
      expect(css.match(/--[a-z0-9-]+:/g)).toHaveLength(4 + 3 * 32)
    }),
    { numRuns: 200 },
  )
})

test('a look that nobody validated becomes nothing but tokens', () => {
  fc.assert(
    fc.property(hostileLook, (look) => {
      expect(themeCss(deriveTheme(look as unknown as Look))).toMatch(GRAMMAR)
    }),
    { numRuns: 200 },
  )
})

test('a theme that was tampered with loses the tampered tokens only', () => {
  const theme = deriveTheme(DEFAULT_LOOK)
  const values = fc.dictionary(fc.constantFrom(...Object.keys(theme.light), 'x}</style>'), hostileText)
  fc.assert(
    fc.property(values, (stored) => {
      const tampered = { ...theme, light: { ...theme.light, ...stored }, shape: { ...theme.shape, ...stored } }
      expect(themeCss(tampered as Theme)).toMatch(GRAMMAR)
    }),
    { numRuns: 200 },
  )
  const css = themeCss({ ...theme, light: { ...theme.light, brand: '#fff;background:url(//evil)' } })
  expect(css).toBe(themeCss(theme).replace('--brand:#1c5c50;', ''))
})

test('light for everyone, dark by preference or by choice', () => {
  const { light, dark } = deriveTheme(DEFAULT_LOOK)
  const [whole, byPreference, byChoice] = themeCss(deriveTheme(DEFAULT_LOOK)).split('\n')
  expect(whole).toContain(
    ':root{--corner:10px;--corner-card:20px;--corner-small:6px;--font-display:var(--font);--canvas:#eef2f1;',
  )
  expect(whole).toContain(`--ink:${light.ink};`)
  expect(byPreference).toContain(`--ink:${dark.ink};`)
  expect(byChoice).toContain(`--ink:${dark.ink};`)
})
