import type { Look } from '../branding.ts'
import { chosen } from './chosen.ts'
import { type Correction, corrections } from './corrections.ts'
import { palette } from './palette.ts'
import { type Shape, shapeOf } from './shape.ts'
import type { Palette } from './tokens.ts'

export interface Theme {
  readonly light: Palette
  readonly dark: Palette
  readonly shape: Shape
  readonly report: readonly Correction[]
}

/**
 * From the few things an organization chooses to every colour the pages use. The hue stays, the lightness moves as little
 * as needed, and chroma is given up last. Whatever comes in, `PAIRS` holds in both palettes.
 */
export function deriveTheme(look: Look): Theme {
  const [forLight, forDark] = [chosen(look, 'light'), chosen(look, 'dark')]
  const light = palette(forLight, 'light')
  const dark = palette(forDark, 'dark')
  return {
    light,
    dark,
    shape: shapeOf(look),
    report: [...corrections(forLight, 'light', light), ...corrections(forDark, 'dark', dark)],
  }
}
