import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { type Database, DatabaseBusy, type Ending, type Executor } from './database.ts'
import { sqliteDialect } from './dialect.sqlite.ts'
import { sqliteMigrate } from './migrate.ts'
import { createFlush } from './sqlite-flush.ts'
import { createGroups } from './sqlite-groups.ts'
import { createKept } from './sqlite-kept.ts'
import { compile } from './sqlite-prepared.ts'
import { forDrizzle, rowsOf, statementsOf } from './sqlite-statements.ts'
import { defineTables } from './tables.ts'
import { transactionScopes, withTransactions } from './transactions.ts'

/** SQLite's own wait blocks the event loop, so it is short, and the longer wait is a timer. Milliseconds. */
const BUSY_TIMEOUT = 20
const PATIENCE = 5_000

export type SqliteOptions = {
  /** FULL keeps every acknowledged commit through a power failure; NORMAL may lose the last ones. */
  synchronous?: 'full' | 'normal'
  /** How long anything waits for another process that writes. Milliseconds. */
  patience?: number
  /** Sees the text of each statement: for tests that count them. */
  observe?: (text: string) => void
}

/**
 * better-sqlite3 behind drizzle's proxy driver, because its own driver refuses async transactions. One connection writes, one at a
 * time; a second one reads the last committed state meanwhile. `file` may be `:memory:`, which has one connection.
 */
export function openSqlite(file: string, options: SqliteOptions = {}): Database {
  const { synchronous = 'full', patience = PATIENCE, observe } = options
  const inMemory = file === ':memory:'
  const writer = openWriter(file, patience)
  // the log is on the disk before a checkpoint relies on it; before a commit is acknowledged we see to it ourselves
  writer.pragma('synchronous = normal')
  writer.pragma('foreign_keys = ON')
  // pages that every commit touches are copied back once for many; 16 MB of WAL at most
  writer.pragma('wal_autocheckpoint = 4000')
  // indexes of hashes are read all over: 16 MB of them stay at hand, where SQLite would keep two
  writer.pragma('cache_size = -16000')
  // pages before a savepoint are kept there, not in a file
  writer.pragma('temp_store = memory')
  const write = statementsOf(writer)

  const reader = inMemory ? null : new Sqlite(file, { readonly: true, timeout: BUSY_TIMEOUT })
  const read = reader && statementsOf(reader)

  const log = synchronous === 'full' && !inMemory ? createFlush(`${file}-wal`) : null
  const scopes = transactionScopes()
  // most of the time at once: a promise for each statement would cost as much as the statement
  function patiently<T>(attempt: () => T, since = performance.now()): T | Promise<T> {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error)) explain(error)
      return whenFree(attempt, since + patience)
    }
  }
  const groups = createGroups({ writer, write, begin, explain })
  const kept = createKept({ write, transaction: groups.current })

  function begin(since: number): undefined | Promise<undefined> {
    return patiently(() => {
      write('begin immediate').run()
      kept.lookAround()
      return undefined
    }, since)
  }

  // both ask again when they run: a statement may be built in one place and awaited in another
  const outside = drizzle(async (text, params, method) => {
    scopes.mustBeOutside()
    observe?.(text)
    return forDrizzle(await runOutside(text, params), method)
  }) as unknown as Executor

  const inside = drizzle(async (text, params, method) => {
    scopes.mustBeInside()
    observe?.(text)
    return forDrizzle(runInside(text, params), method)
  }) as unknown as Executor

  function runInside(text: string, params: unknown[]): unknown[][] {
    const statement = write(text)
    if (!statement.readonly) {
      groups.noteWrite()
      kept.noteWrite(text)
    }
    return rowsOf(statement, params)
  }

  /**
   * What writes is a transaction of its own. What only reads takes this connection too, which has the pages at hand that the other would
   * fetch anew after every commit, and is told only after what it has seen is committed. It sees the last commit instead while somebody is
   * at work, and where what it has seen was thrown away.
   */
  function runOutside(text: string, params: unknown[]): unknown[][] | Promise<unknown[][]> {
    const statement = write(text)
    if (!statement.readonly) return transact(async () => runInside(text, params))
    if (groups.isAtWork()) return readCommitted(text, params)
    const committed = groups.pending()
    const rows = patiently(() => rowsOf(statement, params))
    return committed
      ? committed.then(
          () => rows,
          () => readCommitted(text, params),
        )
      : rows
  }

  function readCommitted(text: string, params: unknown[]): unknown[][] | Promise<unknown[][]> {
    if (!read) return groups.alone(() => rowsOf(write(text), params))
    return patiently(() => rowsOf(read(text), params))
  }

  async function transact<T>(work: () => Promise<T>, { isFollowed = false }: Ending = {}): Promise<T> {
    const { result, wrote } = await groups.join(work)
    // others may go on meanwhile: whatever they acknowledge is flushed after this, or together with it
    if (wrote && !isFollowed) await log?.flush()
    return result
  }

  const mustBelong = (tx?: Executor) => (tx ? scopes.mustBeInside() : scopes.mustBeOutside())

  const statement: Database['statement'] = (_name, build) => {
    const { text, bind, rows } = compile(build(outside))
    return async (values, tx) => {
      mustBelong(tx)
      observe?.(text)
      const params = bind(values)
      const raw = tx ? runInside(text, params) : runOutside(text, params)
      return rows(raw instanceof Promise ? await raw : raw)
    }
  }

  const keep: Database['kept'] = (name, build, make) => {
    const ask = statement(name, build)
    const answers = kept.answersOf<ReturnType<typeof make>>(compile(build(outside)).text)
    return async (values, tx) => {
      mustBelong(tx)
      const key = JSON.stringify(values)
      const age = orNull(kept.current)
      const known = age === null ? undefined : answers.find(key)
      if (known !== undefined) return known
      const answer = make(await ask(values, tx))
      // somebody may have written while it was read
      if (age !== null && answer !== null && orNull(kept.current) === age) answers.keep(key, answer)
      return answer
    }
  }

  return {
    kind: 'sqlite',
    tables: defineTables(sqliteDialect),
    ...withTransactions({ outside, begin: (work, ending) => transact(() => work(inside), ending), scopes, explain }),
    statement,
    kept: keep,
    async migrate(migrations) {
      const applied = await groups.alone(() => patiently(() => sqliteMigrate(writer, migrations)))
      kept.startOver()
      if (applied.length > 0) await log?.flush()
      return applied
    },
    async close() {
      await groups.alone(() => undefined)
      await log?.close()
      reader?.close()
      writer.close()
    },
  }
}

/** Nothing else runs yet, so here SQLite may do the waiting for another process itself. */
function openWriter(file: string, patience: number): Sqlite.Database {
  const writer = new Sqlite(file, { timeout: patience })
  const isNew = writer.pragma('page_count', { simple: true }) === 0
  if (isNew) writer.pragma('auto_vacuum = INCREMENTAL') // can not be set later
  writer.pragma('journal_mode = WAL')
  writer.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
  return writer
}

const isBusy = (error: unknown) => error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
const isFull = (error: unknown) => error instanceof Sqlite.SqliteError && /^SQLITE_(FULL|IOERR)/.test(error.code)

/** A full disk is the same to a caller as a busy database: nothing was done, try later. drizzle wraps what a query throws. */
function explain(error: unknown): never {
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (isFull(cause)) throw new DatabaseBusy('the disk is full', { cause })
  throw cause instanceof DatabaseBusy ? cause : error
}

/** Null where it fails: the query itself will say why. */
function orNull<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

/** Retries while another process holds the database. Only for what has had no effect when it fails: BEGIN, one statement. */
async function whenFree<T>(attempt: () => T, deadline: number): Promise<T> {
  for (;;) {
    await sleep(10 + Math.random() * 30)
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error)) explain(error)
      if (performance.now() >= deadline) throw new DatabaseBusy('the database is busy', { cause: error })
    }
  }
}
