import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { DeliveryFault } from '../../domain/delivery.ts'
import type { MessageId, OrganizationId, UserId } from '../../domain/ids.ts'
import type { Channel } from '../../domain/messages.ts'
import type { Database, Executor } from '../database.ts'
import { bound } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export type OutboxMessage = Database['tables']['outboxMessages']['$inferSelect']
export type NewMessage = Pick<
  OutboxMessage,
  'id' | 'organizationId' | 'userId' | 'channel' | 'kind' | 'recipient' | 'language' | 'expiresAt' | 'createdAt'
> & { content: string }
/** A message that somebody is trying to send. */
type Claim = Pick<OutboxMessage, 'id'> & { holder: string }

/** Nothing of a message is left but that there was one. */
const WIPED = { content: null, dueAt: null, holder: null } as const

export function outboxMessageRepository(db: Database) {
  const { outboxMessages } = db.tables
  const firstDue = db.statement('outbox_first_due', (on) =>
    on
      .select({ dueAt: outboxMessages.dueAt })
      .from(outboxMessages)
      .where(and(eq(outboxMessages.channel, bound('channel', outboxMessages.channel)), isNotNull(outboxMessages.dueAt)))
      .orderBy(asc(outboxMessages.dueAt))
      .limit(1),
  )

  /** Changes a message that this holder still has. False when the claim ran out and somebody else took it. */
  async function settle(tx: Executor, { id, holder }: Claim, values: Partial<OutboxMessage>): Promise<boolean> {
    const rows = await tx
      .update(outboxMessages)
      .set(values)
      .where(and(eq(outboxMessages.id, id), eq(outboxMessages.holder, holder)))
      .returning({ id: outboxMessages.id })
    return rows.length === 1
  }

  return {
    /** Due at once. */
    async create(tx: Executor, row: NewMessage) {
      await tx.insert(outboxMessages).values({ ...row, dueAt: row.createdAt })
    },
    /** Over before it begins: nobody ever sends it. */
    async createOver(tx: Executor, row: NewMessage) {
      await tx.insert(outboxMessages).values({ ...row, ...WIPED, state: 'expired' })
    },
    /** When there is something to do next, or null. Milliseconds. */
    async findFirstDue(channel: Channel): Promise<number | null> {
      return (await firstDue({ channel }))[0]?.dueAt ?? null
    },
    /**
     * Takes what is due, at most so many, and counts the attempt. Of all who ask at the same moment one gets each; a claim that was not
     * settled by `until` is due again.
     */
    async claim(
      tx: Executor,
      {
        channel,
        holder,
        now,
        until,
        most,
      }: { channel: Channel; holder: string; now: number; until: number; most: number },
    ): Promise<OutboxMessage[]> {
      const isDue = and(
        eq(outboxMessages.channel, channel),
        sql`${outboxMessages.dueAt} <= ${sql.param(now, outboxMessages.dueAt)}`,
      )
      const due = tx
        .select({ id: outboxMessages.id })
        .from(outboxMessages)
        .where(isDue)
        .orderBy(asc(outboxMessages.dueAt))
        .limit(most)
      return tx
        .update(outboxMessages)
        .set({ state: 'sending', holder, dueAt: until, attempts: sql`${outboxMessages.attempts} + 1` })
        .where(and(inArray(outboxMessages.id, due), isDue))
        .returning()
    },
    markSent: (tx: Executor, claim: Claim, now: number): Promise<boolean> =>
      settle(tx, claim, { ...WIPED, state: 'sent', sentAt: now, lastError: null }),
    markExpired: (tx: Executor, claim: Claim): Promise<boolean> => settle(tx, claim, { ...WIPED, state: 'expired' }),
    /** Nobody tries any more, unless a manager asks for it: the content stays in its box. */
    markDead: (tx: Executor, claim: Claim, fault: DeliveryFault): Promise<boolean> =>
      settle(tx, claim, { state: 'dead', dueAt: null, holder: null, lastError: fault }),
    postpone: (tx: Executor, claim: Claim, dueAt: number, fault: DeliveryFault): Promise<boolean> =>
      settle(tx, claim, { state: 'queued', dueAt, holder: null, lastError: fault }),
    /** As if nobody had taken it. */
    giveBack: (tx: Executor, claim: Claim, { attempts, now }: { attempts: number; now: number }): Promise<boolean> =>
      settle(tx, claim, { state: 'queued', dueAt: now, holder: null, attempts }),
    /** Newest first, those before this one when there is one. */
    async listDead(organizationId: OrganizationId, most: number, before?: MessageId): Promise<OutboxMessage[]> {
      return db.query
        .select()
        .from(outboxMessages)
        .where(
          and(
            eq(outboxMessages.organizationId, organizationId),
            eq(outboxMessages.state, 'dead'),
            before ? lt(outboxMessages.id, before) : undefined,
          ),
        )
        .orderBy(desc(outboxMessages.id))
        .limit(most)
    },
    /** False when it is not there, not dead, or over. */
    async revive(tx: Executor, key: { id: MessageId; organizationId: OrganizationId; now: number }): Promise<boolean> {
      const rows = await tx
        .update(outboxMessages)
        .set({ state: 'queued', dueAt: key.now, attempts: 0 })
        .where(
          and(
            eq(outboxMessages.id, key.id),
            eq(outboxMessages.organizationId, key.organizationId),
            eq(outboxMessages.state, 'dead'),
            sql`coalesce(${outboxMessages.expiresAt} > ${sql.param(key.now, outboxMessages.expiresAt)}, true)`,
          ),
        )
        .returning({ id: outboxMessages.id })
      return rows.length === 1
    },
    /** How many wait or are being sent. */
    async countWaiting(): Promise<{ channel: Channel; waiting: number }[]> {
      return db.query
        .select({ channel: outboxMessages.channel, waiting: count() })
        .from(outboxMessages)
        .where(isNotNull(outboxMessages.dueAt))
        .groupBy(outboxMessages.channel)
    },
    /** Sent, and nothing of it is kept: its recipient has no account any more. */
    async forget(tx: Executor, { id, holder }: Claim) {
      await tx.delete(outboxMessages).where(and(eq(outboxMessages.id, id), eq(outboxMessages.holder, holder)))
    },
    async deleteOfUser(tx: Executor, userId: UserId) {
      await tx.delete(outboxMessages).where(eq(outboxMessages.userId, userId))
    },
    deleteFinishedBefore(tx: Executor, before: number, most: number): Promise<number> {
      const isOver = and(isNull(outboxMessages.dueAt), lt(outboxMessages.createdAt, before))!
      return deleteBatch(tx, outboxMessages.id, isOver, most)
    },
  }
}
