import type { Page } from '@vestibule/shared/page.ts'

/** Whatever JSON holds, it can not end the script element it stands in. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028')

const written = new WeakMap<object, string>()

/** Texts and looks are the same objects for many pages, and most of a page's data: each is written out once. */
function once(value: object): string {
  const known = written.get(value)
  if (known !== undefined) return known
  const text = inScript(value)
  written.set(value, text)
  return text
}

/** The page's data as JSON that may stand in HTML. */
export function pageData(page: Page): string {
  const { strings, branding, ...rest } = page
  const shared = `"strings":${once(strings)},"branding":${once(branding)}`
  if (rest.kind !== 'login') return `{${shared},${inScript(rest).slice(1)}`
  const { answer, ...others } = rest
  const { branding: look, ...step } = answer
  const answerData = `"answer":{"branding":${once(look)},${inScript(step).slice(1)}`
  return `{${shared},${answerData},${inScript(others).slice(1)}`
}
