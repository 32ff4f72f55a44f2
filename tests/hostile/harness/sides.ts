import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openRows, type Rows } from './database.ts'
import { type application, CONFIGURATION, withA } from './people.ts'
import { apply, besides, createPlace, type Place, type Server, startServer } from './server.ts'

/** A database of its own on the server that the environment names. */
async function freshDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `race_${randomBytes(6).toString('hex')}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) }
}

type Application = ReturnType<typeof application>

/** The processes of one installation, and its rows. */
export type Sides = { servers: Server[]; rows: Rows; close: () => Promise<void> }

/** One process over SQLite, or two over PostgreSQL: nobody manages the instance yet. */
export async function openSides(database: 'SQLite' | 'PostgreSQL', more: Application[] = []): Promise<Sides> {
  const env = { RATE_LIMIT_FACTOR: '1000' }
  const own = database === 'PostgreSQL' ? await freshDatabase(process.env.TEST_DATABASE_URL!) : null
  const place: Place = await createPlace(
    own ? { ...env, DATABASE_URL: own.url, MASTER_KEY: randomBytes(32).toString('base64url') } : env,
  )
  const { users: all, applications } = CONFIGURATION.organizations[0]!
  const users = all.filter(({ username }) => username !== 'root')
  await apply(place, withA({ users, applications: [...applications, ...more] }))
  const servers = [await startServer(place)]
  if (own) servers.push(await startServer(await besides(place)))
  const { rows, close } = await openRows(place)
  return {
    servers,
    rows,
    close: async () => {
      await close()
      await Promise.all(servers.map((server) => server.stop()))
      await own?.drop()
    },
  }
}

/** PostgreSQL where the environment names a server. */
export const DATABASES = ['SQLite' as const, ...(process.env.TEST_DATABASE_URL ? (['PostgreSQL'] as const) : [])]
