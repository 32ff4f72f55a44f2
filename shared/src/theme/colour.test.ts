import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contrast, type Hex, isHex, luminance, readable, toHex, toOklch, weakest } from './colour.ts'

const anyHex = fc.integer({ min: 0, max: 0xffffff }).map((rgb): Hex => `#${rgb.toString(16).padStart(6, '0')}`)

describe('contrast', () => {
  test.each<[Hex, Hex, number]>([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#000000', 2.44],
  ])('of %s on %s is %d:1', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2)
    expect(contrast(other, one)).toBe(contrast(one, other))
  })

  test('is weakest on the ground nearest in luminance', () => {
    expect(weakest('#000000', ['#ffffff', '#555555', '#aaaaaa'])).toBe(contrast('#000000', '#555555'))
  })
})

describe('OKLCH', () => {
  test('gives every colour back', () => {
    fc.assert(
      fc.property(anyHex, (hex) => {
        expect(toHex(toOklch(hex))).toBe(hex)
      }),
      { numRuns: 500 },
    )
  })

  test('gives up chroma where sRGB ends, and keeps hue and lightness', () => {
    const { l, c, h } = toOklch(toHex({ l: 0.6, c: 0.4, h: 150 }))
    expect(c).toBeLessThan(0.25)
    expect(l).toBeCloseTo(0.6, 2)
    expect(h).toBeCloseTo(150, 0)
  })

  test('lightness ends in black and white', () => {
    expect(toHex({ l: -1, c: 0, h: 20 })).toBe('#000000')
    expect(toHex({ l: 2, c: 0, h: 20 })).toBe('#ffffff')
  })
})

describe('readable', () => {
  test('keeps a wish that can be read', () => {
    expect(readable(toOklch('#1c5c50'), ['#ffffff'], 4.5)).toBe('#1c5c50')
  })

  test('moves the lightness as little as needed, and not the hue', () => {
    const used = readable(toOklch('#e0a861'), ['#ffffff'], 4.5)
    expect(contrast(used, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(used, '#ffffff')).toBeLessThan(4.7)
    expect(toOklch(used).h).toBeCloseTo(toOklch('#e0a861').h, 0)
  })

  test('reaches the ratio on any one ground', () => {
    fc.assert(
      fc.property(anyHex, anyHex, (wish, ground) => {
        expect(contrast(readable(toOklch(wish), [ground], 4.5), ground)).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 300 },
    )
  })

  test('does the best there is where no colour is enough', () => {
    expect(readable(toOklch('#1c5c50'), ['#000000', '#808080', '#ffffff'], 4.5)).toBe('#000000')
    expect(readable(toOklch('#1c5c50'), ['#606060'], 20)).toBe('#ffffff')
  })
})

test('only #rrggbb in lower case is a colour', () => {
  expect(isHex('#1c5c50')).toBe(true)
  for (const value of [
    '#1C5C50',
    '#fff',
    '#1c5c5',
    '#1c5c500',
    ' #1c5c50',
    '#1c5c50\n',
    'red',
    '',
    undefined,
    0x1c5c50,
  ]) {
    expect(isHex(value)).toBe(false)
  }
})

test('luminance runs from 0 to 1', () => {
  expect(luminance('#000000')).toBe(0)
  expect(luminance('#ffffff')).toBeCloseTo(1, 12)
})
