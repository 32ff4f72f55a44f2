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

/** Runs it the way drizzle's proxy driver asks: rows as arrays, none for a statement that returns nothing. */
export function runStatement(statement: Sqlite.Statement, params: unknown[], method: string): { rows: unknown[] } {
  if (!statement.reader) {
    statement.run(...params)
    return { rows: [] }
  }
  return { rows: method === 'get' ? (statement.get(...params) as unknown[]) : statement.all(...params) }
}

/**
 * SQLite plans a statement anew at every binding when a bare parameter takes part in a comparison, because the value could tell it
 * something; for a join of eight tables that is 100 microseconds against 8. The plus keeps the value as it is, and hides it.
 * Drizzle binds every value, so a question mark in its text is always a parameter.
 */
const planOnce = (text: string) => text.replaceAll('?', '+?')
