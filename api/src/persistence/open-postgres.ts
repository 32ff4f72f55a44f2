import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type Database, DatabaseBusy, type Executor, type Preparable, type Statement } from './database.ts'
import { postgresDialect } from './dialect.postgres.ts'
import { postgresMigrate } from './migrate.ts'
import { defineTables } from './tables.ts'
import { type Begin, transactionScopes, withTransactions } from './transactions.ts'

export type PostgresOptions = { connections?: number; observe?: (text: string) => void }

/** Milliseconds. A statement or a wait for a connection that takes longer answers 503. */
const TIMEOUT = 10_000

/** PostgreSQL, or anything that speaks its protocol. Nothing is kept in the process: every lock and limit is a row. */
export function openPostgres(url: string, { connections = 10, observe }: PostgresOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: TIMEOUT,
    statement_timeout: TIMEOUT,
    idle_in_transaction_session_timeout: TIMEOUT,
  })
  // a connection that the server closed is replaced at the next use; without a listener it would end the process, and on the way from
  // one user to the next it has none but this
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const config = observe ? { logger: { logQuery: observe } } : {}
  const outside = drizzle(pool, config) as unknown as Executor
  const executors = new WeakMap<pg.PoolClient, Executor>()
  const executorOf = (client: pg.PoolClient): Executor => {
    const known = executors.get(client) ?? (drizzle(client, config) as unknown as Executor)
    executors.set(client, known)
    return known
  }
  const scopes = transactionScopes()
  const begin: Begin = (work) => again(() => inTransaction(pool, (client) => work(executorOf(client)))).catch(explain)

  return {
    kind: 'postgres',
    tables: defineTables(postgresDialect),
    ...withTransactions({ outside, begin, scopes, explain }),
    ...postgresStatements(outside, scopes),
    migrate: (migrations) => postgresMigrate(pool, migrations).catch(explain),
    close: () => pool.end(),
  }
}

/** Nothing is remembered: another process may have written, and nothing tells in time. */
export function postgresStatements(
  outside: Executor,
  scopes: ReturnType<typeof transactionScopes>,
): Pick<Database, 'statement' | 'kept'> {
  return {
    statement: (name, build) => postgresStatement(name, build, outside, scopes),
    kept(name, build, make) {
      const ask = postgresStatement(name, build, outside, scopes)
      return async (values, tx) => make(await ask(values, tx))
    },
  }
}

/** A transaction has its own connection; the name lets each connection plan the statement once. */
function postgresStatement<Rows>(
  name: string,
  build: (on: Executor) => Preparable<Rows>,
  outside: Executor,
  { mustBeInside, mustBeOutside }: ReturnType<typeof transactionScopes>,
): Statement<Rows> {
  const prepare = (on: Executor) => {
    const query = build(on) as { prepare(name: string): ReturnType<Preparable<Rows>['prepare']> }
    return query.prepare(name)
  }
  const ready = prepare(outside)
  return async (values, tx) => {
    if (tx) mustBeInside()
    else mustBeOutside()
    return (tx ? prepare(tx) : ready).execute(values).catch(explain)
  }
}

/**
 * On a connection of its own, which is given back whatever fails: drizzle's own keeps one for ever whose `begin` failed. A broken one is
 * not used again.
 */
async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const note = (error: Error) => {
    broken = error
  }
  client.on('error', note)
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(note)
    throw error
  } finally {
    client.off('error', note)
    client.release(broken)
  }
}

/** How often a transaction is tried that lost to another one. */
const TRIES = 4

/** PostgreSQL threw a transaction out because of another one (serialization_failure, deadlock_detected): nothing of it was done. */
async function again<T>(attempt: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (tries === 1 || !/^(40001|40P01)$/.test(codeOf(error))) throw error
  }
  await sleep(10 + Math.random() * 40)
  return again(attempt, tries - 1)
}

/** The SQLSTATE, or the driver's own code, of what is at the bottom of this error. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if (error.cause instanceof Error) return codeOf(error.cause)
  return 'code' in error ? String(error.code) : ''
}

/** SQLSTATE classes and codes of a server that is gone, busy or read-only for now, and the driver's own errors: 503, not 500. */
const UNAVAILABLE = /^(08|53|57|25006|25P03|40001|40P01)|^(E(CONN|NET|HOST|PIPE|TIMEDOUT|NOTFOUND)|EAI_AGAIN)/
const NO_ANSWER = /timeout|Connection terminated|connection error/i

function explain(error: unknown): never {
  if (error instanceof DatabaseBusy) throw error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const isSilent = cause instanceof Error && NO_ANSWER.test(cause.message)
  if (isSilent || UNAVAILABLE.test(codeOf(error))) throw new DatabaseBusy('the database does not answer', { cause })
  throw error
}
