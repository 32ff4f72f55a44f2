import { brandTokens } from './brand-tokens.ts'
import type { Chosen } from './chosen.ts'
import { contrast, type Hex, readable, toHex, toOklch } from './colour.ts'
import { type Grounds, grounds, HUES } from './grounds.ts'
import { cardText, pageText } from './text-tokens.ts'
import type { Palette, Scheme } from './tokens.ts'

/** All colours of one scheme. Grounds come first, because everything else is measured against them. */
export function palette(look: Chosen, scheme: Scheme): Palette {
  const on = grounds(look, scheme)
  return {
    canvas: on.canvas,
    surface: on.surface,
    sunken: on.sunken,
    ...pageText(on, scheme),
    ...edges(on),
    ...cardText(look, on),
    ...brandTokens(look, on),
    ...accent(look, on),
    ...messages(on),
    ...panel(look, scheme),
  }
}

function edges({ surface, sunken, tint, hue, inkIsDark, roomy }: Grounds): Pick<Palette, 'line' | 'edge'> {
  const { l, c, h } = toOklch(surface)
  return {
    line: toHex(inkIsDark ? { l: l - (roomy ? 0.085 : 0.12), c: c + tint * 0.5, h } : { l: l + 0.085, c, h }),
    edge: readable({ l: inkIsDark ? 0.64 : 0.54, c: tint * 1.8, h: hue }, [surface, sunken], 3.05),
  }
}

/** The brand as something to read: links, icons, ticks, and the focus ring. */
function accent(look: Chosen, on: Grounds): Pick<Palette, 'accent' | 'accent-soft' | 'focus'> {
  const { l, c, h } = toOklch(look.brand)
  const wish = { l: on.inkIsDark ? Math.min(l, 0.5) : Math.max(l, 0.74), c, h }
  const read = readable(wish, [on.surface, on.sunken, on.accentSoft], 4.55)
  return { accent: read, 'accent-soft': on.accentSoft, focus: read }
}

type Messages = Pick<
  Palette,
  'danger' | 'danger-soft' | 'on-danger' | 'warning' | 'warning-soft' | 'success' | 'success-soft'
>

function messages({ surface, sunken, soft, inkIsDark }: Grounds): Messages {
  const status = (name: keyof typeof HUES, c: number) =>
    readable({ l: inkIsDark ? 0.5 : 0.77, c, h: HUES[name] }, [surface, sunken, soft[name]], 4.6)
  const danger = status('danger', inkIsDark ? 0.175 : 0.125)
  return {
    danger,
    'danger-soft': soft.danger,
    'on-danger': contrast('#ffffff', danger) >= 4.5 ? '#ffffff' : '#000000',
    warning: status('warning', 0.11),
    'warning-soft': soft.warning,
    success: status('success', 0.11),
    'success-soft': soft.success,
  }
}

type Panel = Pick<Palette, 'panel' | 'on-panel' | 'panel-1' | 'panel-2' | 'panel-3' | 'panel-4' | 'panel-light'>

/** The row of doorways: the brand's tones from deep to near, with a warm light at the end. */
function panel(look: Chosen, scheme: Scheme): Panel {
  const { c, h } = toOklch(look.brand)
  const dark = scheme === 'dark'
  const deep = (l: number, most: number): Hex => toHex({ l, c: Math.min(c, most), h })
  const ground = dark ? deep(0.2, 0.045) : deep(0.285, 0.07)
  return {
    panel: ground,
    'on-panel': readable({ l: 0.97, c: 0.01, h }, [ground], 7),
    'panel-1': deep(dark ? 0.245 : 0.335, 0.07),
    'panel-2': deep(dark ? 0.3 : 0.4, 0.08),
    'panel-3': deep(dark ? 0.375 : 0.49, 0.09),
    'panel-4': deep(dark ? 0.5 : 0.63, 0.1),
    'panel-light': toHex({ l: dark ? 0.84 : 0.91, c: 0.075, h: 82 }),
  }
}
