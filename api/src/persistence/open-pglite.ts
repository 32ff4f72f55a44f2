import type { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Database, Executor } from './database.ts'
import { postgresDialect } from './dialect.postgres.ts'
import { pgliteMigrate } from './migrate.ts'
import { prepareNamed } from './open-postgres.ts'
import { defineTables } from './tables.ts'
import { withTransactions } from './transactions.ts'

/** PostgreSQL in the process, for tests: one connection, so no concurrency. */
export function openPglite(client: PGlite, observe?: (text: string) => void): Database {
  const db = drizzle(client, observe ? { logger: { logQuery: observe } } : {})
  const outside = db as unknown as Executor
  return {
    kind: 'postgres',
    tables: defineTables(postgresDialect),
    ...withTransactions(outside, (work) => db.transaction((tx) => work(tx as unknown as Executor))),
    statement(name, build) {
      const ready = prepareNamed(build(outside), name)
      return (values, tx) => (tx ? prepareNamed(build(tx), name) : ready).execute(values)
    },
    migrate: (migrations) => pgliteMigrate(client, migrations),
    close: () => client.close(),
  }
}
