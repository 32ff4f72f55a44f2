import type { Chosen } from './chosen.ts'
import { contrast, type Hex, luminance, toOklch } from './colour.ts'
import type { ColourToken, Palette, Scheme } from './tokens.ts'

/** A colour that could not be used as asked, and what is used instead. Shown to the manager, never silent. */
export interface Correction {
  readonly scheme: Scheme
  readonly token: ColourToken
  readonly asked: Hex
  readonly used: Hex
  readonly reason:
    | 'text_unreadable' // text needs 4.5:1 on every ground of the card
    | 'button_vanishes' // a button of this colour would not be seen on the surface
    | 'white_unreadable' // white text would not reach 4.5:1 on the brand colour
    | 'edge_needed' // the button needs an edge of 3:1 to be seen
}

/** Compares a finished palette with what was chosen. */
export function corrections(look: Chosen, scheme: Scheme, palette: Palette): Correction[] {
  const found: Correction[] = []
  const note = (token: ColourToken, asked: Hex, reason: Correction['reason']) =>
    found.push({ scheme, token, asked, used: palette[token], reason })

  if (look.text && palette.ink !== look.text) note('ink', look.text, 'text_unreadable')
  if (palette.brand !== look.brand) note('brand', look.brand, 'button_vanishes')
  if (expectsWhite(look, palette)) note('on-brand', '#ffffff', 'white_unreadable')
  if (palette['brand-edge'] !== palette.brand) note('brand-edge', palette.brand, 'edge_needed')
  return found
}

/** Dark text on a light brand colour, on a light card: the one place where people expect white and do not get it. */
function expectsWhite(look: Chosen, { surface, 'on-brand': onBrand }: Palette): boolean {
  const inkIsDark = contrast('#000000', surface) >= contrast('#ffffff', surface)
  return inkIsDark && luminance(onBrand) <= 0.5 && toOklch(look.brand).l > 0.6
}
