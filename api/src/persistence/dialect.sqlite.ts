import { blob, customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { createParser } from './parse-once.ts'

const parseOnce = createParser()

/**
 * The vocabulary in which tables are written once for both databases. The names say what a column means, not how it is stored;
 * each database supplies them natively.
 */
export const sqliteDialect = {
  table: sqliteTable,
  index,
  uniqueIndex,
  primaryKey,
  string: <Name extends string>(name: Name) => text(name),
  oneOf: <Name extends string, const Values extends readonly [string, ...string[]]>(name: Name, values: Values) =>
    text(name, { enum: values as unknown as [Values[number], ...Values[number][]] }),
  /** Milliseconds since 1970, as everywhere in the domain. */
  instant: <Name extends string>(name: Name) => integer(name),
  flag: <Name extends string>(name: Name) => integer(name, { mode: 'boolean' }),
  /** What is no text: an image. */
  bytes: <Name extends string>(name: Name) => blob(name, { mode: 'buffer' }).$type<Uint8Array>(),
  count: <Name extends string>(name: Name) => integer(name),
  /** Two calls, so that the value's type is given and the column's name is inferred: `d.json<Check[]>()('checks')`. */
  json:
    <Value>() =>
    <Name extends string>(name: Name) =>
      text(name, { mode: 'json' }).$type<Value>(),
  /** JSON that many rows have in common, or that hardly ever changes. Its values can not be changed in place. */
  sharedJson: <Value>() =>
    customType<{ data: Value; driverData: string }>({
      dataType: () => 'text',
      toDriver: (value) => JSON.stringify(value),
      fromDriver: (stored) => parseOnce(stored) as Value,
    }),
}

export type SchemaDialect = typeof sqliteDialect
