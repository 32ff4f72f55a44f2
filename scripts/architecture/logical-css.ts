/** Physical property -> its logical counterpart, so that a page reads from right to left without a special case. */
const SIDES = { left: 'inline-start', right: 'inline-end', top: 'block-start', bottom: 'block-end' }
const BOXES = ['margin', 'padding', 'border', 'scroll-margin', 'scroll-padding']
const BORDER_PARTS = ['width', 'style', 'color']
const SIZES = { width: 'inline-size', height: 'block-size' }

const sides = Object.entries(SIDES)
const LOGICAL = new Map<string, string>([
  ...sides.map(([side, logical]) => [side, `inset-${logical}`] as const),
  ...sides.flatMap(([side, logical]) => BOXES.map((box) => [`${box}-${side}`, `${box}-${logical}`] as const)),
  ...sides.flatMap(([side, logical]) =>
    BORDER_PARTS.map((part) => [`border-${side}-${part}`, `border-${logical}-${part}`] as const),
  ),
  ...Object.entries(SIZES).flatMap(([size, logical]) =>
    ['', 'min-', 'max-', 'contain-intrinsic-'].map((limit) => [limit + size, limit + logical] as const),
  ),
  ['border-top-left-radius', 'border-start-start-radius'],
  ['border-top-right-radius', 'border-start-end-radius'],
  ['border-bottom-left-radius', 'border-end-start-radius'],
  ['border-bottom-right-radius', 'border-end-end-radius'],
  ['overflow-x', 'overflow-inline'],
  ['overflow-y', 'overflow-block'],
])

const SIDED_VALUES = new Set(['text-align', 'float', 'clear', 'caption-side'])
const FOUR_SIDED = new Set([
  'margin',
  'padding',
  'inset',
  'border-width',
  'border-style',
  'border-color',
  'scroll-margin',
])

/** One sentence for each declaration that names a side of the screen instead of a side of the text. */
export function physicalDeclarations(file: string, css: string): string[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\/|'[^'\n]*'|"[^"\n]*"/g, (token) => token.replaceAll(/[^\n]/g, ' '))
  return [...text.matchAll(/(?<=[{;}]\s*)([a-z-]+)\s*:([^;{}]*)(?=[;}])/g)].flatMap((found) => {
    const [, property = '', value = ''] = found
    const instead = insteadOf(property, value.trim())
    const line = text.slice(0, found.index).split('\n').length
    return instead ? [`${file}:${line} ${property}:${value} is physical, use ${instead}`] : []
  })
}

function insteadOf(property: string, value: string): string | null {
  const logical = LOGICAL.get(property)
  if (logical) return logical
  if (SIDED_VALUES.has(property) && /\b(left|right)\b/.test(value)) return 'start or end (inline-start, inline-end)'
  if (!FOUR_SIDED.has(property)) return null
  const [, right, , left] = value.split(/\s+(?![^(]*\))/)
  return left !== undefined && left !== right ? `${property}-block and ${property}-inline` : null
}
