import { readFileSync } from 'node:fs'

/** Text, or bytes that were made once because they are the same for many pages. */
export type Piece = string | Buffer

/** The places of a built page that each answer fills, in the order in which they stand. */
const PLACES = {
  html: '<html lang="en" dir="ltr">',
  title: '<title>Vestibule</title>',
  head: '<!--vestibule:head-->',
  body: '<body data-layout="card">',
  data: '<!--vestibule:page-->',
}
type Place = keyof typeof PLACES

/** What stands in front of each place, and the end. */
export type Template = { before: Record<Place, Buffer>; end: Buffer }
export type Templates = { login: Template; app: Template }

/** The built pages. @throws where the web part was not built */
export function readTemplates(folder: URL): Templates {
  const read = (name: string) => parseTemplate(readFileSync(new URL(name, folder), 'utf8'), name)
  return { login: read('login.html'), app: read('app.html') }
}

function parseTemplate(html: string, name: string): Template {
  const before: Partial<Template['before']> = {}
  let at = 0
  for (const [place, mark] of Object.entries(PLACES)) {
    const found = html.indexOf(mark, at)
    if (found < 0) throw new Error(`${name} lacks ${mark}`)
    before[place as Place] = Buffer.from(html.slice(at, found))
    at = found + mark.length
  }
  return { before: before as Template['before'], end: Buffer.from(html.slice(at)) }
}

/** A page in the order of its pieces. */
export function fill({ before, end }: Template, places: Record<Place, Piece[]>): Piece[] {
  const pieces: Piece[] = []
  for (const place of Object.keys(PLACES) as Place[]) pieces.push(before[place], ...places[place])
  return [...pieces, end]
}

/** The same as bytes. Only what is new is encoded: most of a page's text is no Latin, and encoding it takes longer than deciding on it. */
export const bytesOf = (pieces: readonly Piece[]): Buffer<ArrayBuffer> =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))

/** The elements that name a page's style sheets, for pages that are not built from it. */
export const styleSheetsOf = ({ before }: Template): string[] =>
  Buffer.concat(Object.values(before))
    .toString()
    .match(/<link rel="stylesheet"[^>]*>/g) ?? []
