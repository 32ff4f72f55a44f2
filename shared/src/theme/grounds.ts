import type { Chosen } from './chosen.ts'
import { contrast, type Hex, type Oklch, toHex, toOklch } from './colour.ts'
import type { Scheme } from './tokens.ts'

/** The hues of messages, in degrees. They do not follow the brand: red stays red. */
export const HUES = { danger: 27, warning: 72, success: 155 } as const

/** What text and controls stand on, and what the rest of a palette has to know about it. */
export interface Grounds {
  readonly canvas: Hex
  readonly surface: Hex
  readonly sunken: Hex
  readonly accentSoft: Hex
  readonly soft: Readonly<Record<keyof typeof HUES, Hex>>
  /** Everything on a card that text may stand on. */
  readonly card: readonly Hex[]
  /** Chroma and hue of the greys. */
  readonly tint: number
  readonly hue: number
  readonly inkIsDark: boolean
  /** Whether the surface leaves contrast to spare, so that tints may differ from it. */
  readonly roomy: boolean
}

export function grounds(look: Chosen, scheme: Scheme): Grounds {
  const brand = toOklch(look.brand)
  const lender = look.background ? toOklch(look.background) : brand
  const hue = lender.h
  // Greys lean towards the background, or else the brand, just enough to belong to it.
  const tint = Math.min(look.background ? lender.c * 0.45 : brand.c * 0.1, 0.012)

  const canvas = look.canvas ?? (scheme === 'dark' ? grey(0.165, tint, hue) : grey(0.958, tint * 0.75, hue))
  const surface = surfaceOn(canvas, look, scheme, tint, hue)
  const inkIsDark = contrast('#000000', surface) >= contrast('#ffffff', surface)
  const roomy = contrast(inkIsDark ? '#000000' : '#ffffff', surface) > 12

  const at = toOklch(surface)
  const near = toHex({ ...at, l: at.l + (inkIsDark ? 0.03 : -0.03) })
  const ground = (wish: Oklch) => (roomy ? toHex(wish) : near)
  const tinted = (c: number, h: number) => ground(inkIsDark ? { l: 0.957, c: c * 0.6, h } : { l: 0.285, c, h })

  const sunken = ground(inkIsDark ? { l: at.l - 0.024, c: tint * 0.6, h: hue } : { l: at.l - 0.038, c: tint, h: hue })
  const accentSoft = tinted(Math.min(brand.c * 0.4, 0.045), brand.h)
  const danger = tinted(0.045, HUES.danger)
  const warning = tinted(0.045, HUES.warning)
  const success = tinted(0.045, HUES.success)

  const card = [surface, sunken, accentSoft, danger, warning, success]
  return { canvas, surface, sunken, accentSoft, soft: { danger, warning, success }, card, tint, hue, inkIsDark, roomy }
}

const grey = (l: number, c: number, h: number) => toHex({ l, c, h })

/** The card is always near white or near black, so that only the page itself takes the organization's background. */
function surfaceOn(canvas: Hex, look: Chosen, scheme: Scheme, tint: number, hue: number): Hex {
  if (look.layout === 'plain') return canvas
  if (scheme === 'light') return grey(0.996, tint * 0.2, hue)
  if (!look.canvas) return grey(0.213, tint, hue)
  const page = toOklch(canvas)
  return toHex({ l: Math.min(Math.max(page.l + 0.045, 0.2), 0.25), c: Math.min(page.c, 0.02), h: page.h })
}
