import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Database } from '../database.ts'

/** A new, empty database on this server, and what removes it whoever is connected. */
export async function createOwnDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await run(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(server, `drop database ${name} with (force)`) }
}

/** The same database, with something to do after it is closed. */
export const closing = (db: Database, after: () => Promise<void>): Database => ({
  ...db,
  async close() {
    try {
      await db.close()
    } finally {
      await after()
    }
  },
})

async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
