import type { Page } from '@vestibule/shared/page.ts'
import type { Piece } from './page-template.ts'

/** Whatever JSON holds, it can not end the script element it stands in. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028')

const written = new WeakMap<object, Buffer>()

/** Texts and looks are the same objects for many pages, and most of a page's data: each is written out once. */
function once(value: object): Buffer {
  const known = written.get(value)
  if (known) return known
  const bytes = Buffer.from(inScript(value))
  written.set(value, bytes)
  return bytes
}

/** The members of an object, with the brace behind them. */
const members = (value: object) => inScript(value).slice(1)

/** The page's data as JSON that may stand in HTML. */
export function pageData(page: Page): Piece[] {
  const { strings, branding, ...rest } = page
  const shared: Piece[] = ['{"strings":', once(strings), ',"branding":', once(branding), ',']
  if (rest.kind !== 'login') return [...shared, members(rest)]
  const { answer, ...others } = rest
  const { branding: look, ...step } = answer
  return [...shared, '"answer":{"branding":', once(look), `,${members(step)},${members(others)}`]
}
