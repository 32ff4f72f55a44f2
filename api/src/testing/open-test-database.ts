import { randomBytes } from 'node:crypto'
import type { Database } from '../persistence/database.ts'
import { migrationsOf } from '../persistence/migrate.ts'
import { openPostgres } from '../persistence/open-postgres.ts'
import { openSqlite } from '../persistence/open-sqlite.ts'

type Options = { observe?: (text: string) => void }

/** A fresh database with the current schema: SQLite in memory, or one of its own on the server of TEST_DATABASE_URL. */
export async function openTestDatabase({ observe }: Options = {}): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL']
  const options = observe ? { observe } : {}
  const db = server ? await openOwnDatabase(server, options) : openSqlite(':memory:', options)
  await db.migrate(migrationsOf(db.kind))
  return db
}

async function openOwnDatabase(server: string, options: Options): Promise<Database> {
  const { default: pg } = await import('pg')
  const name = `test_${randomBytes(8).toString('hex')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const db = openPostgres(url.href, { connections: 4, ...options })
  return {
    ...db,
    async close() {
      await db.close()
      await run(`drop database ${name} with (force)`)
    },
  }
}
