import { readdirSync, readFileSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import type Sqlite from 'better-sqlite3'
import type pg from 'pg'
import type { Database, Migration } from './database.ts'

const CREATE = 'create table if not exists applied_migrations (name text primary key)'
const APPLIED = 'select name from applied_migrations'
/** Any number that nobody else in this database takes a lock with. */
const MIGRATION_LOCK = 5_637_284

/** The generated steps of this kind of database, in order. */
export function migrationsOf(kind: Database['kind']): Migration[] {
  const folder = new URL(`./migrations/${kind}/`, import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return files.toSorted().map((file) => ({
    name: file.replace(/\.sql$/, ''),
    statements: readFileSync(new URL(file, folder), 'utf8').split('--> statement-breakpoint'),
  }))
}

const missingFrom = (migrations: readonly Migration[], applied: readonly string[]) =>
  migrations.filter(({ name }) => !applied.includes(name))

/** A crash in the middle leaves nothing: DDL is transactional on both databases. */
export function sqliteMigrate(connection: Sqlite.Database, migrations: readonly Migration[]): string[] {
  const apply = connection.transaction(() => {
    connection.exec(CREATE)
    const missing = missingFrom(migrations, connection.prepare(APPLIED).pluck().all() as string[])
    for (const { name, statements } of missing) {
      for (const statement of statements) connection.exec(statement)
      connection.prepare('insert into applied_migrations (name) values (?)').run(name)
    }
    return missing.map(({ name }) => name)
  })
  return apply.immediate()
}

type Run = (text: string, params?: string[]) => Promise<{ rows: unknown[] }>

async function applyMissing(run: Run, migrations: readonly Migration[]): Promise<string[]> {
  await run(CREATE)
  const applied = (await run(APPLIED)).rows as { name: string }[]
  const missing = missingFrom(
    migrations,
    applied.map(({ name }) => name),
  )
  for (const { name, statements } of missing) {
    for (const statement of statements) await run(statement)
    await run('insert into applied_migrations (name) values ($1)', [name])
  }
  return missing.map(({ name }) => name)
}

export async function postgresMigrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  const client = await pool.connect()
  try {
    // a large table takes its time, and the lock ends with the transaction, also when this process dies
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await client.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    const applied = await applyMissing((text, params) => client.query(text, params), migrations)
    await client.query('commit')
    return applied
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

export const pgliteMigrate = (client: PGlite, migrations: readonly Migration[]): Promise<string[]> =>
  client.transaction((tx) => applyMissing((text, params) => tx.query(text, params), migrations))
