import { pnpm } from '../npx.mjs'

/** What we ship. OFL-1.1 is for fonts. */
const SHIPPED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'OFL-1.1',
])

/** Linked as a library of its own, which anybody may replace (LGPL-3.0, 4d); named in the notices. */
const LINKED = /^@img\/sharp-(libvips|win32)-/

/** The packages of production whose licence is not one of those we ship. */
export function findForeignLicences(): { name: string; licence: string }[] {
  const { status, stdout } = pnpm(['licenses', 'list', '--prod', '--json'], 'pipe')
  if (status !== 0) throw new Error(`pnpm could not list the licences:\n${stdout}`)
  const packagesByLicence = JSON.parse(stdout) as Record<string, { name: string }[]>
  const foreign = Object.entries(packagesByLicence).filter(([licence]) => !isShipped(licence))
  return foreign
    .flatMap(([licence, packages]) => packages.map(({ name }) => ({ name, licence })))
    .filter(({ name }) => !LINKED.test(name))
}

/** Reads an SPDX expression without nested parentheses: one side of an OR is enough, an AND needs both. */
export function isShipped(expression: string): boolean {
  const alternatives = expression.replaceAll(/[()]/g, '').split(' OR ')
  return alternatives.some((one) => one.split(' AND ').every((licence) => SHIPPED.has(licence.trim())))
}
