import { randomBytes } from 'node:crypto'
import pg from 'pg'

export type FreshDatabase = { env: Record<string, string>; drop: () => Promise<void> }

/**
 * Where a server keeps its rows: the SQLite file of its data directory, or, when `E2E_DATABASE_URL` names a PostgreSQL server, a new
 * database there.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.E2E_DATABASE_URL
  if (!server) return { env: {}, drop: async () => {} }
  const name = `e2e_${randomBytes(8).toString('hex')}`
  await execute(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { env: { DATABASE_URL: url.href }, drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
