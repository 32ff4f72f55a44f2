import { getTableName } from 'drizzle-orm'
import pg from 'pg'
import { afterAll } from 'vitest'
import type { Database } from '../persistence/database.ts'
import { migrationsOf } from '../persistence/migrate.ts'
import { openPostgres } from '../persistence/open-postgres.ts'
import { openSqlite } from '../persistence/open-sqlite.ts'
import { createOwnDatabase } from '../persistence/testing/own-database.ts'

type Options = { observe?: (text: string) => void }

/** An empty database with the current schema: SQLite in memory, or one on the server of TEST_DATABASE_URL. */
export async function openTestDatabase(options: Options = {}): Promise<Database> {
  const server = process.env.TEST_DATABASE_URL
  if (server) return borrow(server, options)
  const db = openSqlite(':memory:', options)
  await db.migrate(migrationsOf(db.kind))
  return db
}

type Borrowed = Awaited<ReturnType<typeof createPostgres>>

/**
 * Databases that a test gave back: making one on a server takes longer than most tests. Files share a worker, so what the last of them
 * used stays on the server, a few to a worker.
 */
const free: Borrowed[] = []
afterAll(async () => {
  for (const { remove } of free.splice(0)) await remove()
})

async function borrow(server: string, { observe }: Options): Promise<Database> {
  const borrowed = free.pop() ?? (await createPostgres(server))
  borrowed.listener.observe = observe
  return {
    ...borrowed.db,
    async close() {
      await borrowed.empty()
      free.push(borrowed)
    },
  }
}

async function createPostgres(server: string) {
  const { url, drop } = await createOwnDatabase(server)
  const listener: Options = {}
  const db = openPostgres(url, { connections: 4, observe: (text) => listener.observe?.(text) })
  await db.migrate(migrationsOf(db.kind))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const names = Object.values(db.tables).map((table) => getTableName(table))
  return {
    db,
    listener,
    empty: () => client.query(names.map((name) => `delete from ${name}`).join(';')),
    async remove() {
      await client.end()
      await db.close()
      await drop()
    },
  }
}
