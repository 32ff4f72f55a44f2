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

type Cell = { at: number; name: string; table: string; decode: ((value: unknown) => unknown) | null }
/** The cells of a joined table. Where all are null in a row there was nothing to join. */
type Group = { outer: string; cells: Cell[]; isNullable: boolean }

/** As drizzle's `mapResultRow`: `{ name }` or `{ table: { name } }`, and a joined table without a row is null. */
function rowMaker(fields: NonNullable<Built['fields']>, notNullable: Record<string, boolean>) {
  const own = fields.flatMap((field, at) => (field.path.length === 1 ? [cellOf(field, at)] : []))
  const nested = fields.flatMap((field, at) =>
    field.path.length === 1 ? [] : [{ outer: field.path[0]!, ...cellOf(field, at) }],
  )
  const groups = [...Map.groupBy(nested, ({ outer }) => outer)].map(
    ([outer, cells]): Group => ({ outer, cells, isNullable: cells.every(({ table }) => notNullable[table] === false) }),
  )
  return (raw: unknown[]): Record<string, unknown> => {
    const row: Record<string, unknown> = {}
    for (const cell of own) row[cell.name] = read(cell, raw)
    for (const group of groups) row[group.outer] = memberOf(group, raw)
    return row
  }
}

function memberOf({ cells, isNullable }: Group, raw: unknown[]): Record<string, unknown> | null {
  const member: Record<string, unknown> = {}
  let isThere = !isNullable
  for (const cell of cells) {
    const value = read(cell, raw)
    if (value !== null) isThere = true
    member[cell.name] = value
  }
  return isThere ? member : null
}

const read = ({ at, decode }: Cell, raw: unknown[]): unknown =>
  decode === null || raw[at] === null ? raw[at] : decode(raw[at])

function cellOf({ path, field }: { path: string[]; field: unknown }, at: number): Cell {
  const decoder = decoderOf(field)
  const isPlain = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue
  return {
    at,
    name: path.at(-1)!,
    table: is(field, Column) ? getTableName(field.table) : '',
    decode: isPlain ? null : (value) => decoder.mapFromDriverValue(value),
  }
}

function decoderOf(field: unknown): { mapFromDriverValue(value: unknown): unknown } {
  if (is(field, Column)) return field
  if (is(field, SQL)) return (field as unknown as { decoder: Column }).decoder
  return (field as { sql: { decoder: Column } }).sql.decoder
}
