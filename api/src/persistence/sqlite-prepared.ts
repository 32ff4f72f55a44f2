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

type Decode = (value: unknown) => unknown

/**
 * Where a value of a row stands, and what it becomes. A class, so that all cells keep one hidden class for good: V8 replaces that of a
 * literal when a later one differs, and then compiles whatever reads the earlier ones anew, again and again.
 */
class Cell {
  readonly at: number
  readonly name: string
  readonly outer: string
  readonly table: string
  readonly isNeverNull: boolean
  readonly decode: Decode | null

  constructor({ path, field }: { path: string[]; field: unknown }, at: number) {
    this.at = at
    this.name = path.at(-1)!
    this.outer = path[0]!
    this.table = is(field, Column) ? getTableName(field.table) : ''
    this.isNeverNull = is(field, Column) && field.notNull
    this.decode = decodeOf(field)
  }
}

/**
 * The cells of a joined table. Where all are null in a row there was nothing to join, and for that one that is never null otherwise stands
 * for all: the place of its value in `witness`, or null.
 */
type Group = { outer: string; cells: Cell[]; isNullable: boolean; witness: number | null }

/** As drizzle's `mapResultRow`: `{ name }` or `{ table: { name } }`, and a joined table without a row is null. */
function rowMaker(fields: NonNullable<Built['fields']>, notNullable: Record<string, boolean>) {
  const cells = fields.map((field, at) => new Cell(field, at))
  const own = cells.filter((_, at) => fields[at]!.path.length === 1)
  const nested = cells.filter((_, at) => fields[at]!.path.length > 1)
  const groups = [...Map.groupBy(nested, ({ outer }) => outer)].map(([outer, cells]): Group => {
    const isNullable = cells.every(({ table }) => notNullable[table] === false)
    const witness = isNullable ? cells.find(({ isNeverNull }) => isNeverNull)?.at : undefined
    return { outer, cells, isNullable, witness: witness ?? null }
  })
  return (raw: unknown[]): Record<string, unknown> => {
    const row: Record<string, unknown> = {}
    for (const cell of own) row[cell.name] = read(cell, raw)
    for (const group of groups) row[group.outer] = memberOf(group, raw)
    return row
  }
}

function memberOf({ cells, isNullable, witness }: Group, raw: unknown[]): Record<string, unknown> | null {
  if (witness !== null && raw[witness] === null) return null
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

/** Null where the driver's value is ours too. */
function decodeOf(field: unknown): Decode | null {
  const decoder = decoderOf(field)
  const isPlain = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue
  return isPlain ? null : (value) => decoder.mapFromDriverValue(value)
}

function decoderOf(field: unknown): { mapFromDriverValue(value: unknown): unknown } {
  if (is(field, Column)) return field
  if (is(field, SQL)) return (field as unknown as { decoder: Column }).decoder
  return (field as { sql: { decoder: Column } }).sql.decoder
}
