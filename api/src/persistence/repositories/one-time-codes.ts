import { and, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { MOST_ATTEMPTS } from '../../domain/one-time-code.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export type OneTimeCode = Database['tables']['oneTimeCodes']['$inferSelect']
export type NewOneTimeCode = Omit<OneTimeCode, 'attempts' | 'consumedAt'>
/** Where a code belongs: the flow it was asked for in, and what it opens there. */
export type CodePlace = Pick<OneTimeCode, 'flow' | 'purpose'> & {
  /** Whom it has to be about, where that is known; null for a name nobody has. */
  userId?: OneTimeCode['userId']
}
/** A link of a message, and, where that is known, the flow it was asked for in and whom it has to be about. */
export type LinkKey = Pick<OneTimeCode, 'purpose'> & { linkHash: string } & Partial<
    Pick<OneTimeCode, 'flow' | 'userId'>
  >

export function oneTimeCodeRepository(db: Database) {
  const { oneTimeCodes } = db.tables
  const isAbout = (userId: OneTimeCode['userId'] | undefined) => {
    if (userId === undefined) return undefined
    return userId === null ? isNull(oneTimeCodes.userId) : eq(oneTimeCodes.userId, userId)
  }
  const at = ({ flow, purpose, userId }: CodePlace) =>
    and(eq(oneTimeCodes.flow, flow), eq(oneTimeCodes.purpose, purpose), isAbout(userId))
  const outstanding = (place: CodePlace) => and(at(place), isNull(oneTimeCodes.consumedAt))
  const ofLink = ({ linkHash, purpose, flow, userId }: LinkKey, now: number) =>
    and(
      eq(oneTimeCodes.linkHash, linkHash),
      eq(oneTimeCodes.purpose, purpose),
      flow === undefined ? undefined : eq(oneTimeCodes.flow, flow),
      isAbout(userId),
      isNull(oneTimeCodes.consumedAt),
      gt(oneTimeCodes.expiresAt, now),
    )

  return {
    /** A new code ends the one before of the same flow and purpose. */
    async create(tx: Executor, row: NewOneTimeCode) {
      const { id, flow: _flow, purpose: _purpose, ...rest } = row
      await tx
        .insert(oneTimeCodes)
        .values({ ...row, attempts: 0, consumedAt: null })
        .onConflictDoUpdate({
          target: [oneTimeCodes.flow, oneTimeCodes.purpose],
          set: { ...rest, id, attempts: 0, consumedAt: null },
        })
    },
    async findOutstanding(place: CodePlace, tx?: Executor): Promise<OneTimeCode | null> {
      const [row] = await (tx ?? db.query).select().from(oneTimeCodes).where(outstanding(place))
      return row ?? null
    },
    /**
     * Counts one attempt in one statement, and only then says what to compare with. Null when there is nothing to try: no code, too many
     * attempts, too late.
     */
    async countAttempt(tx: Executor, place: CodePlace, now: number): Promise<OneTimeCode | null> {
      const [row] = await tx
        .update(oneTimeCodes)
        .set({ attempts: sql`${oneTimeCodes.attempts} + 1` })
        .where(and(outstanding(place), gt(oneTimeCodes.codeExpiresAt, now), lt(oneTimeCodes.attempts, MOST_ATTEMPTS)))
        .returning()
      return row ?? null
    },
    /** Exactly one caller consumes a code, and only while it is the one that was compared. */
    async consume(tx: Executor, { id }: Pick<OneTimeCode, 'id'>, now: number): Promise<boolean> {
      const rows = await tx
        .update(oneTimeCodes)
        .set({ consumedAt: now })
        .where(and(eq(oneTimeCodes.id, id), isNull(oneTimeCodes.consumedAt), gt(oneTimeCodes.expiresAt, now)))
        .returning({ id: oneTimeCodes.id })
      return rows.length === 1
    },
    /** What a link stands for; looking does not consume it. */
    async findByLink(key: LinkKey, now: number, tx?: Executor): Promise<OneTimeCode | null> {
      const [row] = await (tx ?? db.query).select().from(oneTimeCodes).where(ofLink(key, now))
      return row ?? null
    },
    /** Exactly one caller consumes what a link stands for, and the code beside it. */
    async consumeByLink(tx: Executor, key: LinkKey, now: number): Promise<OneTimeCode | null> {
      const [row] = await tx.update(oneTimeCodes).set({ consumedAt: now }).where(ofLink(key, now)).returning()
      return row ?? null
    },
    /** Whether code or link of this place were right, and what they opened still stands open. */
    async isProven(place: CodePlace, now: number, tx?: Executor): Promise<boolean> {
      const rows = await (tx ?? db.query)
        .select({ id: oneTimeCodes.id })
        .from(oneTimeCodes)
        .where(and(at(place), isNotNull(oneTimeCodes.consumedAt), gt(oneTimeCodes.expiresAt, now)))
      return rows.length === 1
    },
    /** Exactly one caller goes through what was opened; it is closed by that. */
    async useUp(tx: Executor, place: CodePlace, now: number): Promise<boolean> {
      const rows = await tx
        .delete(oneTimeCodes)
        .where(and(at(place), isNotNull(oneTimeCodes.consumedAt), gt(oneTimeCodes.expiresAt, now)))
        .returning({ id: oneTimeCodes.id })
      return rows.length === 1
    },
    /** An address, a password or a state changed: nothing that was sent to this person counts any more, nor what it opened. */
    async deleteOfUser(tx: Executor, userId: NonNullable<OneTimeCode['userId']>) {
      await tx.delete(oneTimeCodes).where(eq(oneTimeCodes.userId, userId))
    },
    async deleteOf(tx: Executor, place: CodePlace) {
      await tx.delete(oneTimeCodes).where(at(place))
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, oneTimeCodes.id, lt(oneTimeCodes.expiresAt, before), most)
    },
  }
}
