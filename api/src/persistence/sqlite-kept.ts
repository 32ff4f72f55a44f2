import type Sqlite from 'better-sqlite3'
import { frozen } from './parse-once.ts'

/** Answers remembered of one query. */
const MOST = 1_000

/** The tables of a query, and the one a statement writes to: drizzle quotes all names. */
const READ = /(?:from|join) "(\w+)"/g
const WRITTEN = /^(?:insert into|update|delete from) "(\w+)"/

/** From which tables a deletion spreads into which. */
const REFERENCES = `select "child"."name", "parent"."table" from "sqlite_master" as "child"
  join pragma_foreign_key_list("child"."name") as "parent"
  where "child"."type" = 'table' and "parent"."on_delete" <> 'NO ACTION'`

type Parts = {
  write: (text: string) => Sqlite.Statement
  /** The transaction that is open, if one is: each is another object. */
  transaction: () => object | null
}

/**
 * Answers of queries whose tables hardly ever change, remembered until somebody writes to one of those. What this process writes is known
 * by its text, and what another one has committed by SQLite's `data_version`: nobody is told what a query would not say at that moment.
 */
export function createKept({ write, transaction }: Parts) {
  const queries: Map<string, unknown>[] = []
  const tables = new Set<string>()
  let watched: Set<string> | null = null
  const touches = new Map<string, boolean>()
  let age = 0
  let version: unknown
  let touchedBy: object | null = null
  let hasLooked = false

  function forget(): void {
    age++
    for (const answers of queries) answers.clear()
  }

  /** Inside a transaction no other process commits, so there it is asked once, at the beginning. */
  function lookAround(): void {
    const [[seen]] = write('pragma data_version').all() as [[unknown]]
    if (seen !== version) forget()
    version = seen
  }

  /**
   * Once for all that goes on without a turn of the event loop: whoever asks later in it asked before it began, so that none of them can
   * know of what another process has committed meanwhile.
   */
  function lookNow(): void {
    if (hasLooked) return
    lookAround()
    hasLooked = true
    process.nextTick(() => {
      hasLooked = false
    })
  }

  /** The tables of all queries, and those from which a deletion spreads into them. */
  function watch(): void {
    const references = write(REFERENCES).all() as [child: string, parent: string][]
    const waiting = [...tables]
    watched = new Set()
    for (let table = waiting.pop(); table !== undefined; table = waiting.pop()) {
      if (watched.has(table)) continue
      watched.add(table)
      for (const [child, parent] of references) if (child === table) waiting.push(parent)
    }
    touches.clear()
  }

  function isTouching(text: string): boolean {
    // not earlier: a database may get its tables after its queries
    if (!watched) watch()
    const known = touches.get(text)
    if (known !== undefined) return known
    const table = WRITTEN.exec(text)?.[1]
    // what is in another form may write to anything
    const isTouching = table === undefined || watched!.has(table)
    touches.set(text, isTouching)
    return isTouching
  }

  return {
    lookAround,

    /** The tables themselves were changed. */
    startOver(): void {
      watched = null
      forget()
    },

    /** What somebody in the open transaction is about to write. */
    noteWrite(text: string): void {
      if (!isTouching(text)) return
      touchedBy = transaction()
      forget()
    },

    /**
     * The age of what is remembered, when that is what a query would find now. Null while something that was written may still be undone.
     */
    current(): number | null {
      const open = transaction()
      if (open && open === touchedBy) return null
      if (!open) lookNow()
      return age
    },

    /** A place for the answers of a query. */
    answersOf<Answer>(text: string) {
      const answers = new Map<string, Answer>()
      queries.push(answers)
      for (const [, table] of text.matchAll(READ)) tables.add(table!)
      watched = null
      return {
        find: (key: string): Answer | undefined => answers.get(key),
        keep(key: string, answer: Answer): void {
          if (answers.size >= MOST) answers.delete(answers.keys().next().value!)
          answers.set(key, frozen(answer))
        },
      }
    },
  }
}
