import { boolean, customType, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { SchemaDialect } from './dialect.sqlite.ts'

/** timestamptz with milliseconds, handed over as a number: the domain knows no Date. */
const timestamp = customType<{ data: number; driverData: string | Date }>({
  dataType: () => 'timestamp (3) with time zone',
  // a placeholder may carry null, which drizzle hands to the encoder
  toDriver: (value) => ((value as number | null) === null ? (null as never) : new Date(value).toISOString()),
  fromDriver: (value) => new Date(value).getTime(),
})

/** bytea; a driver may give a Buffer or a plain array of bytes. */
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
})

const postgres = {
  table: pgTable,
  index,
  uniqueIndex,
  primaryKey,
  string: (name: string) => text(name),
  oneOf: (name: string, values: readonly [string, ...string[]]) =>
    text(name, { enum: values as [string, ...string[]] }),
  instant: (name: string) => timestamp(name),
  flag: (name: string) => boolean(name),
  bytes: (name: string) => bytea(name),
  count: (name: string) => integer(name),
  json: () => (name: string) => jsonb(name),
  // the driver has parsed it already
  sharedJson: () => (name: string) => jsonb(name),
} satisfies Record<keyof SchemaDialect, unknown>

/** The one cast. It is a promise that the contract suites keep, not the compiler. */
export const postgresDialect = postgres as unknown as SchemaDialect
