import type { Deps } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'

/** How much of a list, and from where on, as the caller says it. */
export type Paging = { limit: number; after?: string | undefined }

/** Which list this is, with everything that says what is in it: a cursor counts there and nowhere else. */
type List = readonly unknown[]

const placeOf = (list: List): string => `cursor ${JSON.stringify(list)}`

/** The key of the row that `after` was made at; null for the beginning. @throws Problem cursor_invalid */
export function openCursor({ box }: Deps, list: List, after: string | undefined): string | null {
  if (after === undefined) return null
  try {
    return box.open(after, placeOf(list))
  } catch {
    throw new Problem('cursor_invalid')
  }
}

/**
 * One page of rows that were read by their key, one more than fits. The next one begins behind the key of the last row, so that rows that
 * come in between shift nothing. The cursor is sealed: what a list is ordered by is nobody's affair.
 */
export function pageOf<Row>(
  { box }: Deps,
  list: List,
  { rows, limit, keyOf }: { rows: readonly Row[]; limit: number; keyOf: (row: Row) => string },
): { rows: readonly Row[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? box.seal(keyOf(last), placeOf(list)) : null }
}
