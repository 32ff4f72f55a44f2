import type { Database } from '../persistence/database.ts'
import { migrationsOf } from '../persistence/migrate.ts'
import { openPostgres } from '../persistence/open-postgres.ts'
import { openSqlite } from '../persistence/open-sqlite.ts'
import { createOwnDatabase } from '../persistence/testing/own-database.ts'

type Options = { observe?: (text: string) => void }

/** A fresh database with the current schema: SQLite in memory, or one of its own on the server of TEST_DATABASE_URL. */
export async function openTestDatabase(options: Options = {}): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL']
  const db = server ? await openOwnDatabase(server, options) : openSqlite(':memory:', options)
  await db.migrate(migrationsOf(db.kind))
  return db
}

async function openOwnDatabase(server: string, options: Options): Promise<Database> {
  const { url, drop } = await createOwnDatabase(server)
  const db = openPostgres(url, { connections: 4, ...options })
  return { ...db, close: () => db.close().finally(drop) }
}
