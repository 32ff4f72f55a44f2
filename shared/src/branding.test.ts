import { describe, expect, test } from 'vitest'
import { DEFAULT_LOOK, lookSchema } from './branding.ts'

const accepts = (look: unknown) => lookSchema.safeParse(look).success

test('nothing chosen is the default look', () => {
  expect(lookSchema.parse({})).toEqual({
    brand: '#1c5c50',
    corners: 'soft',
    font: 'system',
    mode: 'auto',
    layout: 'card',
  })
  expect(DEFAULT_LOOK).toEqual(lookSchema.parse({}))
})

test('a whole look comes through as it is', () => {
  const look = {
    brand: '#b5562b',
    background: '#faf1e4',
    backgroundDark: '#1d1511',
    text: '#33261E',
    corners: 'round',
    font: 'serif',
    mode: 'dark',
    layout: 'split',
    tagline: 'Good morning. The oven is already warm.',
  }
  expect(lookSchema.parse(look)).toEqual(look)
})

describe('a colour is #rrggbb and nothing else', () => {
  const refused = [
    'red',
    'red;background:url(//evil)',
    '}</style><script>',
    'expression(alert(1))',
    'var(--x)',
    'url(//evil)',
    'rgb(1 2 3)',
    'rgba(0,0,0,.5)',
    'color-mix(in srgb,red,blue)',
    'transparent',
    '#fff',
    '#ffffffff',
    '#gggggg',
    '#1c5c50;color:red',
    '#1c5c50/**/',
    '#1c5c50}',
    ' #1c5c50',
    '#1c5c50 ',
    '#1c5c50\n',
    '\\23 1c5c50',
    '#1c5c5\u0660',
    '',
  ]
  test.each(['brand', 'background', 'backgroundDark', 'text'])('%s', (field) => {
    expect(accepts({ [field]: '#a1B2c3' })).toBe(true)
    expect(refused.filter((value) => accepts({ [field]: value }))).toEqual([])
    expect([null, 0, {}, ['#a1b2c3']].filter((value) => accepts({ [field]: value }))).toEqual([])
  })
})

test.each(['corners', 'font', 'mode', 'layout'])('%s is one of a closed list', (field) => {
  const hostile = ['', 'Arial', 'var(--x)', '}</style><script>', '__proto__', 'constructor', 'toString']
  expect(hostile.filter((value) => accepts({ [field]: value }))).toEqual([])
})

test('a tagline has 120 characters at most', () => {
  expect(accepts({ tagline: 'x'.repeat(120) })).toBe(true)
  expect(accepts({ tagline: 'x'.repeat(121) })).toBe(false)
})

test('there is no field for style sheets, selectors or scripts', () => {
  expect(['css', 'customCss', 'script', 'fontUrl', 'selector'].filter((field) => accepts({ [field]: 'x' }))).toEqual([])
})
