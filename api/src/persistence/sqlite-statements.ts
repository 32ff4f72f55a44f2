import type Sqlite from 'better-sqlite3'

const CACHED_STATEMENTS = 500

/** Drizzle wants rows as arrays. Caching the statement by its text is what makes SQLite fast here. */
export function statementsOf(connection: Sqlite.Database): (text: string) => Sqlite.Statement {
  const cache = new Map<string, Sqlite.Statement>()
  return (text) => {
    const known = cache.get(text)
    if (known) return known
    const statement = connection.prepare(planOnce(text))
    if (statement.reader) statement.raw(true)
    if (cache.size >= CACHED_STATEMENTS) cache.delete(cache.keys().next().value!) // lists of varying length would fill it
    cache.set(text, statement)
    return statement
  }
}

/** Runs a statement: its rows as arrays, none where it returns nothing. */
export function rowsOf(statement: Sqlite.Statement, params: unknown[]): unknown[][] {
  if (statement.reader) return statement.all(...params) as unknown[][]
  statement.run(...params)
  return []
}

/** The form drizzle's proxy driver asks for: `get` is one row. */
export const forDrizzle = (rows: unknown[][], method: string): { rows: unknown[] } => ({
  rows: method === 'get' ? (rows[0] as unknown[]) : rows,
})

/**
 * SQLite plans a statement anew at every binding when a bare parameter takes part in a comparison, because the value could tell it
 * something; for a join of eight tables that is 100 microseconds against 8. The plus keeps the value as it is, and hides it.
 * Drizzle binds every value, so a question mark in its text is always a parameter.
 */
export const planOnce = (text: string) => text.replaceAll('?', '+?')
