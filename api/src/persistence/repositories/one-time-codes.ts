import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { type CodePurpose, MOST_ATTEMPTS } from '../../domain/one-time-code.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export type OneTimeCode = Database['tables']['oneTimeCodes']['$inferSelect']
export type NewOneTimeCode = Omit<OneTimeCode, 'attempts' | 'consumedAt'>
/** Where a code belongs: the flow it was asked for in, and what it opens there. */
export type CodePlace = Pick<OneTimeCode, 'flow' | 'purpose'>

export function oneTimeCodeRepository(db: Database) {
  const { oneTimeCodes } = db.tables
  const outstanding = ({ flow, purpose }: CodePlace) =>
    and(eq(oneTimeCodes.flow, flow), eq(oneTimeCodes.purpose, purpose), isNull(oneTimeCodes.consumedAt))

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
    async findByLink(
      { linkHash, purpose }: { linkHash: string; purpose: CodePurpose },
      now: number,
      tx?: Executor,
    ): Promise<OneTimeCode | null> {
      const [row] = await (tx ?? db.query)
        .select()
        .from(oneTimeCodes)
        .where(
          and(
            eq(oneTimeCodes.linkHash, linkHash),
            eq(oneTimeCodes.purpose, purpose),
            isNull(oneTimeCodes.consumedAt),
            gt(oneTimeCodes.expiresAt, now),
          ),
        )
      return row ?? null
    },
    /** An address, a password or a state changed: nothing outstanding of this person counts any more. */
    async deleteOfUser(tx: Executor, userId: NonNullable<OneTimeCode['userId']>) {
      await tx.delete(oneTimeCodes).where(and(eq(oneTimeCodes.userId, userId), isNull(oneTimeCodes.consumedAt)))
    },
    async deleteOf(tx: Executor, place: CodePlace) {
      await tx.delete(oneTimeCodes).where(outstanding(place))
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, oneTimeCodes.id, lt(oneTimeCodes.expiresAt, before), most)
    },
  }
}
