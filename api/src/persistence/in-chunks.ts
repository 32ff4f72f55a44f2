/** Both databases limit the values of one statement, and a long list comes in many lengths: this many at a time. */
const CHUNK = 400

/** Asks for a list of keys in pieces and puts the answers together. */
export async function inChunks<Key, Row>(keys: Iterable<Key>, ask: (some: Key[]) => Promise<Row[]>): Promise<Row[]> {
  const all = [...new Set(keys)]
  const rows: Row[] = []
  for (let start = 0; start < all.length; start += CHUNK) rows.push(...(await ask(all.slice(start, start + CHUNK))))
  return rows
}
