/**
 * Colour arithmetic. Colours are moved in OKLCH, where hue, lightness and chroma can change one at a time, and are
 * measured by WCAG on the rounded `#rrggbb`, so that nothing is lost between the sum and the screen.
 */

/** `#rrggbb` in lower case. */
export type Hex = `#${string}`
export const isHex = (value: unknown): value is Hex => typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value)

/** Lightness 0 to 1, chroma from 0 (grey) to some 0.3, hue in degrees. */
export interface Oklch {
  readonly l: number
  readonly c: number
  readonly h: number
}

type Channels = readonly [red: number, green: number, blue: number]

const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
const gamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055)

function channels(hex: Hex): Channels {
  const rgb = Number.parseInt(hex.slice(1), 16)
  return [linear((rgb >> 16) / 255), linear(((rgb >> 8) & 255) / 255), linear((rgb & 255) / 255)]
}

/** Relative luminance (WCAG 2.2), 0 to 1. */
export function luminance(hex: Hex): number {
  const [r, g, b] = channels(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const ratio = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

/** Contrast ratio (WCAG 2.2), 1 to 21, whichever of the two is the text. */
export const contrast = (one: Hex, other: Hex): number => ratio(luminance(one), luminance(other))

/** The contrast of a colour on the ground where it is hardest to see. */
export const weakest = (hex: Hex, grounds: readonly Hex[]): number =>
  Math.min(...grounds.map((ground) => contrast(hex, ground)))

export function toOklch(hex: Hex): Oklch {
  const [r, g, b] = channels(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(x, y),
    h: (Math.atan2(y, x) * 180) / Math.PI,
  }
}

function toLinear({ l, c, h }: Oklch): Channels {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const p = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const q = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const r = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * p - 3.3077115913 * q + 0.2309699292 * r,
    -1.2684380046 * p + 2.6097574011 * q - 0.3413193965 * r,
    -0.0041960863 * p - 0.7034186147 * q + 1.707614701 * r,
  ]
}

const clamp = (v: number) => Math.min(1, Math.max(0, v))
const byte = (v: number) => Math.round(gamma(clamp(v)) * 255)
const fits = (wish: Oklch) => toLinear(wish).every((v) => v > -0.0005 && v < 1.0005)

/** To the nearest `#rrggbb`. Where sRGB ends, chroma gives way; hue and lightness stay. */
export function toHex(wish: Oklch): Hex {
  const l = clamp(wish.l)
  let c = wish.c
  if (!fits({ l, c, h: wish.h })) {
    let [inside, outside] = [0, c]
    for (let i = 0; i < 14; i++) {
      const middle = (inside + outside) / 2
      if (fits({ l, c: middle, h: wish.h })) inside = middle
      else outside = middle
    }
    c = inside
  }
  const [r, g, b] = toLinear({ l, c, h: wish.h })
  return `#${((byte(r) << 16) | (byte(g) << 8) | byte(b)).toString(16).padStart(6, '0')}`
}

/**
 * The colour nearest to the wish that reaches `least` on every ground. Lightness moves first, in steps of 0.004 to either
 * side; then chroma is halved, then given up; black or white is the last resort.
 */
export function readable(wish: Oklch, grounds: readonly Hex[], least: number): Hex {
  const lights = grounds.map(luminance)
  const reaches = (hex: Hex) => {
    const light = luminance(hex)
    return lights.every((ground) => ratio(light, ground) >= least)
  }
  for (const c of [wish.c, wish.c / 2, 0]) {
    for (let d = 0; d <= 1; d += 0.004) {
      for (const l of [wish.l - d, wish.l + d]) {
        if (l < 0 || l > 1) continue
        const hex = toHex({ l, c, h: wish.h })
        if (reaches(hex)) return hex
      }
    }
  }
  return weakest('#000000', grounds) >= weakest('#ffffff', grounds) ? '#000000' : '#ffffff'
}
