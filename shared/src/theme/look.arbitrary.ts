import fc from 'fast-check'
import { CORNERS, FONTS, LAYOUTS, type Look, MODES } from '../branding.ts'

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** Any colour, with greys and the corners of the cube more often than chance has them: they are the hard ones. */
const colour = fc.oneof(
  fc.integer({ min: 0, max: 0xffffff }).map((rgb) => `#${hex(rgb, 6)}`),
  fc.integer({ min: 0, max: 0xff }).map((grey) => `#${hex(grey, 2).repeat(3)}`),
  fc.array(fc.constantFrom('00', 'ff'), { minLength: 3, maxLength: 3 }).map((channels) => `#${channels.join('')}`),
)

/** Any look that `lookSchema` lets in. */
export const anyLook: fc.Arbitrary<Look> = fc.record(
  {
    brand: colour,
    background: colour,
    backgroundDark: colour,
    text: colour,
    corners: fc.constantFrom(...CORNERS),
    font: fc.constantFrom(...FONTS),
    mode: fc.constantFrom(...MODES),
    layout: fc.constantFrom(...LAYOUTS),
  },
  { requiredKeys: ['brand', 'corners', 'font', 'mode', 'layout'] },
)
