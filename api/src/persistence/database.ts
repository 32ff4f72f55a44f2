import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import { Unavailable } from '../domain/unavailable.ts'
import type { Tables } from './tables.ts'

/** All that repositories may use. No `db.query`, no `.get/.all/.run`, no raw SQL. */
export type Executor = Pick<
  BaseSQLiteDatabase<'async', unknown, Record<string, never>>,
  'select' | 'insert' | 'update' | 'delete'
>

export type Preparable<Rows> = { prepare(): { execute(values?: Record<string, unknown>): Promise<Rows> } }

/** A query that was built once. With `tx` it runs in that transaction, without it outside any. */
export type Statement<Answer> = (values: Record<string, unknown>, tx?: Executor) => Promise<Answer>

/**
 * `isFollowed`: nobody hears that it is done before another one, which writes, is done too. The disk that one waits for has both, so this
 * one waits for none.
 */
export type Ending = { isFollowed?: boolean }

export type Migration = { name: string; statements: readonly string[] }

export type Database = {
  kind: 'sqlite' | 'postgres'
  tables: Tables
  /** Statements outside transactions. Inside one it throws, because each database would do something else: use `tx`. */
  query: Executor
  /**
   * A hot query, built once: that is seven times as fast as building it at each use. A placeholder compared with a column needs that
   * column's encoder (`bound` in placeholder.ts); in `values()` and `set()` it does not.
   */
  statement<Rows>(name: string, build: (on: Executor) => Preparable<Rows>): Statement<Rows>
  /**
   * A hot query of what hardly ever changes, by what `make` makes of its rows. SQLite remembers the answer until something that it was read
   * from is written; nobody can change it, and a null is asked for again. PostgreSQL reads it each time.
   */
  kept<Rows, Answer>(
    name: string,
    build: (on: Executor) => Preparable<Rows>,
    make: (rows: Rows) => Answer,
  ): Statement<Answer>
  /**
   * A nested call joins the outer transaction. If anything inside failed, the whole does not commit.
   *
   * PostgreSQL runs many at once, and two that take the same rows in another order wait for each other until one is thrown out. So rows
   * are written in one order: login failures, rate buckets, one-time rows (links, codes, tokens, logout requests), devices, credentials, sessions, grants,
   * auth requests; what is only inserted may come at any time, except that a row refers to nothing above that is not written yet
   * (a reference locks its target). One that is thrown out all the same runs again, so `work` has no effect but its statements.
   */
  transaction<T>(work: (tx: Executor) => Promise<T>, ending?: Ending): Promise<T>
  /** Runs this when the transaction that it is called in has committed, and never when it did not. */
  afterCommit(work: () => void): void
  /** Applies what is missing, in one transaction, one migrator at a time. Returns the names of what was applied. */
  migrate(migrations: readonly Migration[]): Promise<string[]>
  close(): Promise<void>
}

/** The database can not be written or reached for now: answer 503 with Retry-After. Nothing was done. */
export class DatabaseBusy extends Unavailable {}
