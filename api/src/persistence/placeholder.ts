import { type Column, sql } from 'drizzle-orm'

/** A named value of a prepared statement, encoded as this column is: for comparisons. */
export const bound = (name: string, column: Column) => sql.param(sql.placeholder(name), column)

/** A named value for `values()` and `set()`, where drizzle applies the column's encoder itself. */
export const given = (name: string) => sql.placeholder(name) as never
