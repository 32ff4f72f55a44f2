import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Database } from '../database.ts'
import { migrationsOf } from '../migrate.ts'
import { openPglite } from '../open-pglite.ts'
import { openPostgres } from '../open-postgres.ts'
import { openSqlite } from '../open-sqlite.ts'
import type { Tables } from '../tables.ts'
import { closing, createOwnDatabase } from './own-database.ts'
import { bootPglite } from './pglite.ts'

/** A place where a suite runs. */
export type Place = {
  name: string
  /** Readers wait for the transaction that is open, and nothing happens at the same time. */
  hasOneConnection: boolean
  /** A new database without tables; closing it removes it. */
  create(): Promise<Database>
  /** Making one takes longer than most suites, so the files of a worker share one: it ends with the process, or stays on the server. */
  isSlow?: boolean
}

/** PGlite takes seconds to boot, on a busy machine many. Milliseconds. */
export const PATIENCE = 120_000

const server = process.env.TEST_DATABASE_URL

const PLACES: readonly Place[] = [
  { name: 'SQLite in memory', hasOneConnection: true, create: async () => openSqlite(':memory:') },
  { name: 'a SQLite file', hasOneConnection: false, create: createSqliteFile },
  { name: 'PGlite', hasOneConnection: true, isSlow: true, create: async () => openPglite(await bootPglite()) },
  ...(server
    ? [{ name: 'a PostgreSQL server', hasOneConnection: false, isSlow: true, create: () => createOnServer(server) }]
    : []),
]

/** Runs a suite once for each kind of database there is. */
export const describeInEveryPlace = (name: string, suite: (place: Place) => void): void =>
  describe.each(PLACES)(`${name} on $name`, (place) => {
    suite(place)
  })

/**
 * Runs a suite on every database there is; on a PostgreSQL server when TEST_DATABASE_URL names one. `open` gives the database of this
 * file with the current schema and empty tables: once in each test.
 */
export function describeOnEveryDatabase(
  name: string,
  suite: (open: () => Promise<Database>, place: Place) => void,
): void {
  describeInEveryPlace(name, (place) => {
    let db: Database
    beforeAll(async () => {
      db = await (place.isSlow ? share(place) : createMigrated(place))
    }, PATIENCE)
    afterAll(async () => {
      if (!place.isSlow) await db.close()
    }, PATIENCE)
    suite(async () => {
      await empty(db)
      return db
    }, place)
  })
}

const shared = new Map<Place, Promise<Database>>()

/** The one of this worker: every test empties it first. */
function share(place: Place): Promise<Database> {
  const known = shared.get(place) ?? createMigrated(place)
  shared.set(place, known)
  return known
}

async function createMigrated(place: Place): Promise<Database> {
  const db = await place.create()
  await db.migrate(migrationsOf(db.kind))
  return db
}

/** Those that refer to others come last in the definition, and go first. */
function empty(db: Database): Promise<void> {
  const tables = Object.values(db.tables).toReversed() as Tables['users'][]
  return db.transaction(async (tx) => {
    for (const table of tables) await tx.delete(table)
  })
}

async function createSqliteFile(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'persistence-'))
  const db = openSqlite(join(folder, 'test.db'))
  return closing(db, async () => rmSync(folder, { recursive: true }))
}

async function createOnServer(url: string): Promise<Database> {
  const own = await createOwnDatabase(url)
  return closing(openPostgres(own.url), own.drop)
}
