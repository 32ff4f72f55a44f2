import { DEFAULT_LOOK, type Look } from '../branding.ts'
import { type Hex, isHex } from './colour.ts'
import type { Scheme } from './tokens.ts'

/** What an organization chose, as far as one scheme is concerned. */
export interface Chosen {
  readonly brand: Hex
  /** The light background lends its hue to the greys of both schemes. */
  readonly background: Hex | undefined
  readonly canvas: Hex | undefined
  readonly text: Hex | undefined
  readonly layout: Look['layout']
}

/** Takes colours out of a look, and nothing else: what is not `#rrggbb` counts as not chosen. */
export function chosen(look: Look, scheme: Scheme): Chosen {
  const background = colour(look.background)
  return {
    brand: colour(look.brand) ?? colour(DEFAULT_LOOK.brand) ?? '#000000',
    background,
    canvas: scheme === 'dark' ? colour(look.backgroundDark) : background,
    text: scheme === 'dark' ? undefined : colour(look.text),
    layout: look.layout,
  }
}

function colour(value: string | undefined): Hex | undefined {
  const lower = value?.toLowerCase()
  return isHex(lower) ? lower : undefined
}
