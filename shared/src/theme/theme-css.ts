import { isHex } from './colour.ts'
import type { Theme } from './derive-theme.ts'
import { isShapeValue, SHAPE_TOKENS } from './shape.ts'
import { COLOUR_TOKENS } from './tokens.ts'

/**
 * The style sheet of a theme, for the first HTML of a page. Names come from our own lists, and a value is `#rrggbb` or a
 * constant of the shape tables: any other is left out, and the default of that token stands.
 */
export function themeCss({ shape, light, dark }: Pick<Theme, 'shape' | 'light' | 'dark'>): string {
  const shapes = declarations(SHAPE_TOKENS, shape, isShapeValue)
  const onLight = declarations(COLOUR_TOKENS, light, isHex)
  const onDark = declarations(COLOUR_TOKENS, dark, isHex).join(';')
  return [
    `:root{${[...shapes, ...onLight].join(';')}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${onDark}}}`,
    `:root[data-theme=dark]{${onDark}}`,
  ].join('\n')
}

function declarations<Token extends string>(
  names: readonly Token[],
  values: Readonly<Record<Token, string>>,
  allowed: (value: string) => boolean,
): string[] {
  return names.filter((name) => allowed(values[name])).map((name) => `--${name}:${values[name]}`)
}
