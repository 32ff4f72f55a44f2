import { and, eq, gte, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export type LoginFailures = Database['tables']['loginFailures']['$inferSelect']

/** One guess. All instants follow from `now`, because the two databases reckon with time each in its own way. */
export type CountedGuess = {
  key: string
  now: number
  /** So many failures in a row lock; null: they never do. */
  mostFailures: number | null
  /** So many are followed by no wait. */
  freeFailures: number
  /** When the wait is over, after each failure beyond them: the last one from then on. */
  waitEnds: readonly number[]
  /** When a lock would end that began now, and when the row is forgotten with it and without. */
  lockEndsAt: number
  forgottenAt: number
  lockForgottenAt: number
}

const NEVER = 2_147_483_647
/** As many as domain/lockout.ts has. */
const WAITS = 6

export function loginFailureRepository(db: Database) {
  const { loginFailures: row } = db.tables
  const now = bound('now', row.forgottenAt)
  const isForgotten = sql`${row.forgottenAt} <= ${now}`
  const failures = sql`(case when ${isForgotten} then 1 else ${row.failures} + 1 end)`
  const isOver = (end: typeof row.waitEndsAt | typeof row.lockEndsAt) => or(isNull(end), lte(end, bound('now', end)))
  const locks = sql`${failures} >= ${bound('most', row.failures)}`
  const beyond = sql`${failures} - ${bound('free', row.failures)}`
  const waits = Array.from({ length: WAITS }, (_, nth) => {
    const wait = bound(`wait${nth}`, row.waitEndsAt)
    return nth + 1 < WAITS ? sql`when ${beyond} = ${sql.raw(String(nth + 1))} then ${wait}` : sql`else ${wait}`
  })

  const count = db.statement('login_failure_count', (on) =>
    on
      .insert(row)
      .values({
        key: given('key'),
        failures: given('firstFailures'),
        total: 1,
        locks: given('firstLocks'),
        waitEndsAt: given('firstWait'),
        lockEndsAt: given('firstLockEndsAt'),
        forgottenAt: given('firstForgottenAt'),
      })
      .onConflictDoUpdate({
        target: row.key,
        set: {
          failures: sql`case when ${locks} then 0 else ${failures} end`,
          total: sql`case when ${isForgotten} then 1 else ${row.total} + 1 end`,
          locks: sql`case when ${isForgotten} then 0 else ${row.locks} end + case when ${locks} then 1 else 0 end`,
          waitEndsAt: sql`case when ${beyond} <= 0 then excluded.wait_ends_at ${sql.join(waits, sql` `)} end`,
          lockEndsAt: sql`case when ${locks} then ${bound('lockEndsAt', row.lockEndsAt)} else ${row.lockEndsAt} end`,
          forgottenAt: sql`case when ${locks} then ${bound('lockForgottenAt', row.forgottenAt)} else excluded.forgotten_at end`,
        },
        setWhere: and(isOver(row.waitEndsAt), isOver(row.lockEndsAt)),
      })
      .returning(),
  )
  const find = db.statement('login_failure_find', (on) =>
    on
      .select()
      .from(row)
      .where(eq(row.key, bound('key', row.key))),
  )
  const remove = db.statement('login_failure_delete', (on) =>
    on
      .delete(row)
      .where(eq(row.key, bound('key', row.key)))
      .returning({ total: row.total }),
  )

  return {
    /**
     * Counts one guess in one statement, whoever guesses at the same moment, and begins the wait or the lock that follows from it: no
     * failures since the lock means that this guess began one. Null while a wait or a lock lasts; then nothing is counted.
     */
    async count(tx: Executor, guess: CountedGuess): Promise<LoginFailures | null> {
      const { mostFailures, freeFailures, waitEnds, lockEndsAt, forgottenAt, lockForgottenAt } = guess
      const most = mostFailures ?? NEVER
      const first = most <= 1
      const waits = Object.fromEntries(Array.from({ length: WAITS }, (_, nth) => [`wait${nth}`, waitEnds[nth]]))
      const values = {
        key: guess.key,
        now: guess.now,
        most,
        free: freeFailures,
        lockEndsAt,
        lockForgottenAt,
        ...waits,
        firstFailures: first ? 0 : 1,
        firstLocks: first ? 1 : 0,
        firstWait: freeFailures < 1 ? waitEnds[0] : null,
        firstLockEndsAt: first ? lockEndsAt : null,
        firstForgottenAt: first ? lockForgottenAt : forgottenAt,
      }
      return (await count(values, tx))[0] ?? null
    },
    async find(key: string, tx?: Executor): Promise<LoginFailures | null> {
      return (await find({ key }, tx))[0] ?? null
    },
    /** A lock that grew: only whoever began it may say so, in the same transaction. */
    async extendLock(
      tx: Executor,
      { key, lockEndsAt, forgottenAt }: Pick<LoginFailures, 'key' | 'lockEndsAt' | 'forgottenAt'>,
    ) {
      await tx.update(row).set({ lockEndsAt, forgottenAt }).where(eq(row.key, key))
    },
    /**
     * A guess that was counted and never compared. With `lockEndsAt` it had begun that lock. When the row began anew meanwhile nothing is
     * taken back: too many failures are better than too few.
     */
    async takeBack(tx: Executor, { key, total, lockEndsAt, mostFailures }: TakenBack) {
      const isLock = lockEndsAt !== null
      await tx
        .update(row)
        .set({
          failures: isLock ? mostFailures - 1 : sql`case when ${row.failures} > 0 then ${row.failures} - 1 else 0 end`,
          total: sql`${row.total} - 1`,
          waitEndsAt: null,
          ...(isLock ? { locks: sql`${row.locks} - 1`, lockEndsAt: null } : {}),
        })
        .where(and(eq(row.key, key), gte(row.total, total), isLock ? eq(row.lockEndsAt, lockEndsAt) : undefined))
    },
    /** Forgets everything. Out: how many failures there were. */
    async delete(tx: Executor, key: string): Promise<number> {
      return (await remove({ key }, tx))[0]?.total ?? 0
    },
    deleteForgottenBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, row.key, lt(row.forgottenAt, before), most)
    },
  }
}

type TakenBack = { key: string; total: number; lockEndsAt: number | null; mostFailures: number }
