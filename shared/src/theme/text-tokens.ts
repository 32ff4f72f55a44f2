import type { Chosen } from './chosen.ts'
import { contrast, type Hex, readable, toHex, toOklch, weakest } from './colour.ts'
import type { Grounds } from './grounds.ts'
import type { Palette, Scheme } from './tokens.ts'

/** Text on the card. A chosen text colour is kept wherever it can be read, and otherwise moved as little as needed. */
export function cardText(look: Chosen, on: Grounds): Pick<Palette, 'ink' | 'ink-soft'> {
  const soft = { l: on.inkIsDark ? 0.48 : 0.755, c: on.tint * 1.6, h: on.hue }
  return { ink: ink(look, on), 'ink-soft': readable(soft, on.card, 4.6) }
}

function ink(look: Chosen, on: Grounds): Hex {
  if (look.text && weakest(look.text, on.card) >= 4.5) return look.text
  const wish = look.text ? toOklch(look.text) : { l: on.inkIsDark ? 0.235 : 0.945, c: on.tint * 1.4, h: on.hue }
  const comfortable = readable(wish, on.card, 7)
  return weakest(comfortable, on.card) >= 4.5 ? comfortable : readable(wish, on.card, 4.5)
}

/** Text that stands on the page itself, footer and language switch, and the arch behind the card, which it may cross. */
export function pageText(
  { canvas, tint }: Grounds,
  scheme: Scheme,
): Pick<Palette, 'niche' | 'on-canvas' | 'on-canvas-soft'> {
  const page = toOklch(canvas)
  const onDark = contrast('#ffffff', canvas) > contrast('#000000', canvas)
  const spare = contrast(onDark ? '#ffffff' : '#000000', canvas) > 9
  // On a mid-tone the arch has to give way to the text; elsewhere it is a little lighter than the page.
  const rise = onDark && !spare ? -0.02 : scheme === 'dark' ? 0.022 : 0.02
  const niche = toHex({ ...page, l: page.l + rise })
  const text = { l: onDark ? 0.94 : 0.24, c: tint, h: page.h }
  const soft = { l: onDark ? 0.76 : 0.47, c: tint * 1.6, h: page.h }
  return {
    niche,
    'on-canvas': readable(text, [canvas, niche], spare ? 7 : 4.5),
    'on-canvas-soft': readable(soft, [canvas, niche], 4.6),
  }
}
