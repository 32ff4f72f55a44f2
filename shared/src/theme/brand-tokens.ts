import type { Chosen } from './chosen.ts'
import { contrast, type Hex, luminance, readable, toHex, toOklch } from './colour.ts'
import type { Grounds } from './grounds.ts'
import type { Palette } from './tokens.ts'

type BrandTokens = Pick<Palette, 'brand' | 'brand-hover' | 'brand-press' | 'brand-edge' | 'on-brand'>

/** The primary button: its fill, its two states, its edge and its text. */
export function brandTokens(look: Chosen, on: Grounds): BrandTokens {
  const brand = brandFill(look, on)
  const fill = toOklch(brand)
  const onBrand = textOn(brand)
  // Away from the text, so that hovering and pressing only add contrast.
  const away = luminance(onBrand) > 0.5 ? -1 : 1
  const shifted = (by: number) => toHex({ ...fill, l: fill.l + away * by })
  return {
    brand,
    'brand-hover': shifted(0.035),
    'brand-press': shifted(0.065),
    'brand-edge': contrast(brand, on.surface) >= 3 ? brand : readable(fill, [on.surface, on.sunken], 3.05),
    'on-brand': onBrand,
  }
}

/**
 * The fill stays as given wherever a button made of it can be seen. On light ground a pale colour is told by its edge, and
 * only a pale grey is lost; on dark ground a dim one is lifted. A lost colour without a hue becomes ink.
 */
function brandFill(look: Chosen, { surface, inkIsDark }: Grounds): Hex {
  const wish = toOklch(look.brand)
  const seen = contrast(look.brand, surface)
  const lost = inkIsDark ? seen < 1.2 && wish.c < 0.06 : seen < 3
  if (!lost) return look.brand
  if (wish.c < 0.03) return toHex({ l: inkIsDark ? 0.25 : 0.93, c: 0, h: wish.h })
  const lifted = inkIsDark ? wish : { l: Math.max(wish.l, 0.74), c: Math.min(wish.c, 0.13), h: wish.h }
  return readable(lifted, [surface], 4.5)
}

/** Near white, white, near black or black: the first that can be read. One of them always can: 4.58:1 is the least. */
function textOn(brand: Hex): Hex {
  const { c, h } = toOklch(brand)
  const options: Hex[] = [
    toHex({ l: 0.985, c: Math.min(c * 0.1, 0.01), h }),
    '#ffffff',
    toHex({ l: 0.2, c: Math.min(c * 0.3, 0.03), h }),
  ]
  return options.find((option) => contrast(option, brand) >= 4.5) ?? '#000000'
}
