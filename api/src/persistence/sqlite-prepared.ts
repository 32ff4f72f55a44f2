import { Column, getTableName, is, Param, Placeholder, SQL } from 'drizzle-orm'
import type { Preparable } from './database.ts'

/**
 * What drizzle knows of a statement it has built: text, parameters, and where each column of a row goes. Its own way of running it
 * looks all of this up again for every row and value, which costs as much as SQLite does.
 */
type Built = {
  getQuery(): { sql: string; params: unknown[] }
  fields?: { path: string[]; field: unknown }[]
  joinsNotNullableMap?: Record<string, boolean>
}

export type Compiled<Rows> = {
  text: string
  /** Values by name to the parameters of the driver, in order. */
  bind(values: Record<string, unknown>): unknown[]
  /** Rows as arrays to the rows the query describes. */
  rows(raw: unknown[][]): Rows
}

export function compile<Rows>(query: Preparable<Rows>): Compiled<Rows> {
  const built = query.prepare() as unknown as Built
  const { sql, params } = built.getQuery()
  const binders = params.map(binderOf)
  const toRow = built.fields && rowMaker(built.fields, built.joinsNotNullableMap ?? {})
  return {
    text: sql,
    bind: (values) => binders.map((binder) => binder(values)),
    rows: (raw) => (toRow ? raw.map(toRow) : []) as Rows,
  }
}

type Binder = (values: Record<string, unknown>) => unknown

/** As drizzle's `fillPlaceholders`: a placeholder beside a column goes through that column's encoder. */
function binderOf(param: unknown): Binder {
  if (is(param, Placeholder)) return (values) => values[param.name]
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { name } = param.value
    return (values) => param.encoder.mapToDriverValue(values[name])
  }
  return () => param
}

type Cell = { outer: string | null; name: string; table: string; decode: (value: unknown) => unknown }

/** As drizzle's `mapResultRow`: `{ name }` or `{ table: { name } }`, and a joined table without a row is null. */
function rowMaker(fields: NonNullable<Built['fields']>, notNullable: Record<string, boolean>) {
  const cells = fields.map(cellOf)
  const outers = [...new Set(cells.map(({ outer }) => outer))].filter((outer) => outer !== null)
  const isNullable = (outer: string) => cells.every((cell) => cell.outer !== outer || notNullable[cell.table] === false)
  const nullable = outers.filter(isNullable)

  return (raw: unknown[]): Record<string, unknown> => {
    const row: Record<string, unknown> = {}
    const nested: Record<string, Record<string, unknown>> = {}
    for (const outer of outers) row[outer] = nested[outer] = {}
    const found = new Set<string>()
    for (let at = 0; at < cells.length; at++) {
      const { outer, name, decode } = cells[at]!
      const value = raw[at] === null ? null : decode(raw[at])
      if (outer === null) row[name] = value
      else {
        nested[outer]![name] = value
        if (value !== null) found.add(outer)
      }
    }
    for (const outer of nullable) if (!found.has(outer)) row[outer] = null
    return row
  }
}

function cellOf({ path, field }: { path: string[]; field: unknown }): Cell {
  const [first = '', second] = path
  const decoder = decoderOf(field)
  return {
    outer: second === undefined ? null : first,
    name: second ?? first,
    table: is(field, Column) ? getTableName(field.table) : '',
    decode: (value) => decoder.mapFromDriverValue(value),
  }
}

function decoderOf(field: unknown): { mapFromDriverValue(value: unknown): unknown } {
  if (is(field, Column)) return field
  if (is(field, SQL)) return (field as unknown as { decoder: Column }).decoder
  return (field as { sql: { decoder: Column } }).sql.decoder
}
