import type { ColourToken, Palette } from '@vestibule/shared/theme/tokens.ts'
import type { Letter } from './letter.ts'

/** Mail programs know no custom properties: a colour is written where it is used, and a class replaces it in the dark. */
const CLASSES = {
  canvas: { background: 'canvas' },
  surface: { background: 'surface', 'border-color': 'line' },
  ink: { color: 'ink' },
  soft: { color: 'ink-soft' },
  page: { color: 'on-canvas' },
  'page-soft': { color: 'on-canvas-soft' },
  well: { background: 'sunken', 'border-color': 'line', color: 'ink' },
  door: { background: 'brand', 'border-color': 'brand-edge', color: 'on-brand' },
  arch: { background: 'brand' },
  link: { color: 'accent' },
  rule: { 'border-color': 'line' },
} as const satisfies Record<string, Record<string, ColourToken>>
export type MailClass = keyof typeof CLASSES

const declarations = (name: MailClass, palette: Palette, suffix = '') =>
  Object.entries(CLASSES[name]).map(([property, token]) => `${property}:${palette[token as ColourToken]}${suffix}`)

/** The colours of a class in the scheme that stands without a style sheet. */
export function coloursOf({ mode, theme }: Letter): (name: MailClass) => string {
  const palette = mode === 'dark' ? theme.dark : theme.light
  return (name) => declarations(name, palette).join(';')
}

/** The style sheet for those programs that follow the reader's wish; the others show the light colours, or turn them around. */
export function darkSheet({ mode, theme }: Letter): string {
  if (mode !== 'auto') return ''
  const rules = (Object.keys(CLASSES) as MailClass[]).map(
    (name) => `.${name}{${declarations(name, theme.dark, ' !important').join(';')}}`,
  )
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`
}
