import type Sqlite from 'better-sqlite3'
import { createQueue } from '../queue.ts'

/** So many turns of the event loop in a row may bring somebody before there is a commit. */
const MOST_TURNS = 16

/** Transactions that SQLite commits as one. `isDirty`: somebody in it wrote. `size`: how many have come. */
type Group = { isDirty: boolean; size: number; end: PromiseWithResolvers<void> }
/** Who is at work in it. `mustSave`: what others wrote has to survive when this one fails. */
type Member = { wrote: boolean; mustSave: boolean; isSaved: boolean }

type Parts = {
  writer: Sqlite.Database
  write: (text: string) => Sqlite.Statement
  /** Begins a transaction of SQLite, when no other process is in one. `since`: when it was asked for. */
  begin: (since: number) => undefined | Promise<unknown>
  /** Throws what the failure of SQLite means. */
  explain: (error: unknown) => never
}

/**
 * One transaction works at a time, and they commit together for as long as each turn of the event loop brings another one: most of what a
 * commit writes are the same pages for everybody, the last ones of tables and indexes. Nobody returns before the commit. From the second
 * that writes on each has a savepoint, so that it can fail alone.
 */
export function createGroups({ writer, write, begin, explain }: Parts) {
  // first come, first served
  const exclusively = createQueue(1, Number.POSITIVE_INFINITY).run
  let group: Group | null = null
  let member: Member | null = null

  async function open(since: number): Promise<Group> {
    await begin(since)
    const mine = { isDirty: false, size: 0, end: Promise.withResolvers<void>() }
    // whoever is in it hears of it, and it may be nobody
    mine.end.promise.catch(() => undefined)
    keepOpen(mine, 0, MOST_TURNS)
    group = mine
    return mine
  }

  /** What came while the last one was at work is read in the next turn. Where nothing came that is over at once. */
  function keepOpen(mine: Group, size: number, turns: number): void {
    setImmediate(() => {
      if (mine.size > size && turns > 0) keepOpen(mine, mine.size, turns - 1)
      else void exclusively(async () => commit(mine))
    })
  }

  function commit(mine: Group): void {
    if (group !== mine) return
    group = null
    try {
      write('commit').run()
      mine.end.resolve()
    } catch (error) {
      if (writer.inTransaction) write('rollback').run()
      mine.end.reject(error)
    }
  }

  /** Nothing of this member stays, and all of the others, unless SQLite itself has thrown everything away. */
  function undo(mine: Group, { wrote, isSaved }: Member, error: unknown): void {
    if (!writer.inTransaction) {
      group = null
      mine.end.reject(error)
    } else if (isSaved) {
      write('rollback to member').run()
      write('release member').run()
    } else if (wrote) {
      group = null
      write('rollback').run()
      // the others only read
      mine.end.resolve()
    }
  }

  return {
    /** What the member that is at work does, before each statement that writes. */
    noteWrite(): void {
      // also after a failure that somebody caught, and SQLite answered by throwing everything away
      if (!group || !member || !writer.inTransaction) throw new Error('nothing is written outside a transaction')
      if (member.mustSave && !member.isSaved) {
        write('savepoint member').run()
        member.isSaved = true
      }
      member.wrote = true
      group.isDirty = true
    },

    /** Does some work with the database for itself. Out, after the commit: its result, and whether it wrote. */
    async join<T>(work: () => Promise<T>): Promise<{ result: T; wrote: boolean }> {
      const since = performance.now()
      const { end, ...done } = await exclusively(async () => {
        const mine = group ?? (await open(since))
        mine.size++
        const me: Member = { wrote: false, mustSave: mine.isDirty, isSaved: false }
        member = me
        try {
          const result = await work()
          if (me.isSaved) write('release member').run()
          return { result, wrote: me.wrote, end: mine.end.promise }
        } catch (error) {
          undo(mine, me, error)
          return explain(error)
        } finally {
          member = null
        }
      })
      try {
        await end
      } catch (error) {
        explain(error)
      }
      return done
    },

    /** Does some work when no transaction is open. */
    alone: <T>(work: () => Promise<T> | T): Promise<T> =>
      exclusively(async () => {
        if (group) commit(group)
        return work()
      }),

    /** Where somebody is between their statements, what is there is nobody else's to see. */
    isAtWork: () => member !== null,
    /** The transaction of SQLite that is open. */
    current: (): object | null => group,
    /** The commit of what is written and not committed yet. */
    pending: (): Promise<void> | undefined => group?.end.promise,
  }
}
