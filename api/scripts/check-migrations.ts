/**
 * Compares the tables with the newest migration of both databases, in memory: nothing is left behind. Where they differ it says one
 * sentence and ends with exit code 1.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { generateDrizzleJson, generateSQLiteDrizzleJson } from 'drizzle-kit/api'
import type { Database } from '../src/persistence/database.ts'
import * as postgresSchema from '../src/persistence/schema.postgres.ts'
import * as sqliteSchema from '../src/persistence/schema.sqlite.ts'

/** drizzle-kit's description of all tables. */
type Snapshot = { id: string; prevId: string }

/** How the newest migration leaves the tables. */
function migrated(kind: Database['kind']): Snapshot {
  const folder = join(import.meta.dirname, '../src/persistence/migrations', kind, 'meta')
  const [newest] = globSync('*_snapshot.json', { cwd: folder }).toSorted().toReversed()
  if (!newest) throw new Error(`There is no migration for ${kind}.`)
  return JSON.parse(readFileSync(join(folder, newest), 'utf8')) as Snapshot
}

const wanted: Record<Database['kind'], Snapshot> = {
  sqlite: await generateSQLiteDrizzleJson(sqliteSchema),
  postgres: generateDrizzleJson(postgresSchema),
}

/** Without the name of each description and its notes on renamed columns, which only the written one has. */
const said = (snapshot: Snapshot): unknown => JSON.parse(JSON.stringify({ ...snapshot, id: '', prevId: '', _meta: {} }))

for (const kind of ['sqlite', 'postgres'] as const) {
  if (isDeepStrictEqual(said(wanted[kind]), said(migrated(kind)))) continue
  const command = `npx drizzle-kit generate --config drizzle.${kind}.config.ts`
  console.error(`The tables and the migrations for ${kind} differ: run "${command}" in the folder api.`)
  process.exitCode = 1
}
