import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type Database, DatabaseBusy, type Executor } from './database.ts'
import { postgresDialect } from './dialect.postgres.ts'
import { postgresMigrate } from './migrate.ts'
import { defineTables } from './tables.ts'
import { withTransactions } from './transactions.ts'

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
  // an idle connection that the server closed is replaced at the next use; without a listener it would end the process
  pool.on('error', () => undefined)
  const db = drizzle(pool, observe ? { logger: { logQuery: observe } } : {})
  const outside = db as unknown as Executor
  const { query, transaction } = withTransactions(outside, (work) =>
    db.transaction((tx) => work(tx as unknown as Executor)),
  )

  return {
    kind: 'postgres',
    tables: defineTables(postgresDialect),
    query,
    transaction: (work) => transaction(work).catch(unreachable),
    statement(name, build) {
      const ready = prepareNamed(build(outside), name)
      // a transaction has its own connection; the name lets that connection plan the statement once
      return (values, tx) => (tx ? prepareNamed(build(tx), name) : ready).execute(values).catch(unreachable)
    },
    migrate: (migrations) => postgresMigrate(pool, migrations).catch(unreachable),
    close: () => pool.end(),
  }
}

type Named<Query extends { prepare(): unknown }> = ReturnType<Query['prepare']>
export const prepareNamed = <Query extends { prepare(): unknown }>(query: Query, name: string): Named<Query> =>
  (query.prepare as (name: string) => Named<Query>).call(query, name)

/** SQLSTATE classes 08, 53, 57 and serialization failures, and the driver's own connection errors: 503, not 500. */
const UNAVAILABLE = /^(08|53|57|40001|40P01)|^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/

export function unreachable(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown })?.code
  const timedOut = cause instanceof Error && /timeout|Connection terminated/i.test(cause.message)
  if (timedOut || (typeof code === 'string' && UNAVAILABLE.test(code)))
    throw new DatabaseBusy('the database does not answer', { cause })
  throw error
}
