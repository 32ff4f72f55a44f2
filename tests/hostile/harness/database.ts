import { hash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import type { Place } from './server.ts'

export type Row = Record<string, unknown>
export type Rows = (statement: string, ...values: unknown[]) => Promise<Row[]>

/**
 * The one door to the rows of an installation: for what HTTP can not show. `?` stands for a value on both databases; a statement that
 * returns nothing gives no rows.
 */
export async function openRows({ env }: Place): Promise<{ rows: Rows; close: () => Promise<void> }> {
  const url = env.DATABASE_URL
  if (url) {
    const client = new pg.Client({ connectionString: url, application_name: 'tests' })
    await client.connect()
    const numbered = (statement: string) => {
      let at = 0
      return statement.replaceAll('?', () => `$${++at}`)
    }
    return {
      rows: async (statement, ...values) => (await client.query(numbered(statement), values)).rows as Row[],
      close: () => client.end(),
    }
  }
  const connection = new Sqlite(join(env.DATA_DIR!, 'vestibule.db'), { timeout: 5_000 })
  return {
    rows: async (statement, ...values) => {
      const prepared = connection.prepare(statement)
      if (prepared.reader) return prepared.all(...values) as Row[]
      prepared.run(...values)
      return []
    },
    close: async () => void connection.close(),
  }
}

const TABLES = `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
const columnsOf = async (rows: Rows, table: string) =>
  (await rows(`select name from pragma_table_info('${table}')`)).map(({ name }) => String(name))

/** Events carry their own time in their seal, and keys would retire. */
const TIMELESS = new Set(['events', 'signing_keys', 'applied_migrations'])

/**
 * What the passing of time means to the rows of a SQLite file: every instant is that much longer ago. Like a clock that was moved, but
 * without a library in front of the system's own; tokens that carry their time themselves keep it.
 */
export async function letTimePass(rows: Rows, seconds: number): Promise<void> {
  const by = seconds * 1000
  for (const { name } of await rows(TABLES)) {
    const table = String(name)
    if (TIMELESS.has(table)) continue
    for (const column of await columnsOf(rows, table))
      if (/_at$/.test(column)) await rows(`update ${table} set ${column} = ${column} - ${by}`)
  }
  for (const { id, checks } of await rows('select id, checks from sessions')) {
    const earlier = (JSON.parse(String(checks)) as { at: number }[]).map((check) => ({ ...check, at: check.at - by }))
    await rows('update sessions set checks = ? where id = ?', JSON.stringify(earlier), id)
  }
}

/** What a refusal may add to: the log of events and the counters of attempts. Leases change by themselves. */
const MAY_CHANGE = new Set(['events', 'rate_buckets', 'login_failures', 'leases'])

/** Messages go out by themselves, a moment after the answer. Those that wait for something else stay as they are. */
async function untilSent(rows: Rows): Promise<void> {
  const isUnderway = `state = 'sending' or (state = 'queued' and due_at <= ?)`
  for (const deadline = Date.now() + 3_000; Date.now() < deadline; await sleep(25))
    if ((await rows(`select id from outbox_messages where ${isUnderway}`, Date.now())).length === 0) return
}

/** A name for everything that is stored on SQLite, except what any refusal may add. */
export async function fingerprint(rows: Rows): Promise<Record<string, string>> {
  await untilSent(rows)
  const marks: Record<string, string> = {}
  for (const { name } of await rows(TABLES))
    if (!MAY_CHANGE.has(String(name)))
      marks[String(name)] = hash('sha256', JSON.stringify(await rows(`select * from ${name} order by 1`)))
  return marks
}
