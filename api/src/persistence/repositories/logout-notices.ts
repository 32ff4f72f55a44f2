import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { DeliveryFault } from '../../domain/delivery.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export type LogoutNotice = Database['tables']['logoutNotices']['$inferSelect']
type NewNotice = Pick<LogoutNotice, 'id' | 'applicationId' | 'sessionId' | 'subject' | 'issuer' | 'createdAt'>
/** A notice that somebody is trying to send. */
type Claim = Pick<LogoutNotice, 'id'> & { holder: string }

export function logoutNoticeRepository(db: Database) {
  const { logoutNotices } = db.tables
  const firstDue = db.statement('logout_notice_first_due', (on) =>
    on
      .select({ dueAt: logoutNotices.dueAt })
      .from(logoutNotices)
      .where(isNotNull(logoutNotices.dueAt))
      .orderBy(asc(logoutNotices.dueAt))
      .limit(1),
  )

  /** Changes a notice that this holder still has. False when the claim ran out and somebody else took it. */
  async function settle(tx: Executor, { id, holder }: Claim, values: Partial<LogoutNotice>): Promise<boolean> {
    const rows = await tx
      .update(logoutNotices)
      .set({ ...values, holder: null })
      .where(and(eq(logoutNotices.id, id), eq(logoutNotices.holder, holder)))
      .returning({ id: logoutNotices.id })
    return rows.length === 1
  }

  return {
    /** Due at once. */
    async create(tx: Executor, rows: readonly NewNotice[]) {
      if (rows.length === 0) return
      await tx.insert(logoutNotices).values(rows.map((row) => ({ ...row, dueAt: row.createdAt })))
    },
    /** When there is something to do next, or null. Milliseconds. */
    async findFirstDue(): Promise<number | null> {
      return (await firstDue({}))[0]?.dueAt ?? null
    },
    /**
     * Takes what is due, at most so many, and counts the attempt. Of all who ask at the same moment one gets each; a claim that was not
     * settled by `until` is due again.
     */
    async claim(
      tx: Executor,
      { holder, now, until, most }: { holder: string; now: number; until: number; most: number },
    ): Promise<LogoutNotice[]> {
      const isDue = sql`${logoutNotices.dueAt} <= ${sql.param(now, logoutNotices.dueAt)}`
      const due = tx
        .select({ id: logoutNotices.id })
        .from(logoutNotices)
        .where(isDue)
        .orderBy(asc(logoutNotices.dueAt))
        .limit(most)
      return tx
        .update(logoutNotices)
        .set({ state: 'sending', holder, dueAt: until, attempts: sql`${logoutNotices.attempts} + 1` })
        .where(and(inArray(logoutNotices.id, due), isDue))
        .returning()
    },
    markSent: (tx: Executor, claim: Claim): Promise<boolean> =>
      settle(tx, claim, { state: 'sent', dueAt: null, lastError: null }),
    markDead: (tx: Executor, claim: Claim, fault: DeliveryFault): Promise<boolean> =>
      settle(tx, claim, { state: 'dead', dueAt: null, lastError: fault }),
    postpone: (tx: Executor, claim: Claim, dueAt: number, fault: DeliveryFault): Promise<boolean> =>
      settle(tx, claim, { state: 'queued', dueAt, lastError: fault }),
    /** As if nobody had taken it. */
    giveBack: (tx: Executor, claim: Claim, { attempts, now }: { attempts: number; now: number }): Promise<boolean> =>
      settle(tx, claim, { state: 'queued', dueAt: now, attempts }),
    deleteFinishedBefore(tx: Executor, before: number, most: number): Promise<number> {
      const isOver = and(isNull(logoutNotices.dueAt), lt(logoutNotices.createdAt, before))!
      return deleteBatch(tx, logoutNotices.id, isOver, most)
    },
  }
}
