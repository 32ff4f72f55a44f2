import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export function webauthnChallengeRepository(db: Database) {
  const { webauthnChallenges } = db.tables
  type Challenge = typeof webauthnChallenges.$inferSelect
  type Key = Pick<Challenge, 'challengeHash' | 'purpose' | 'flow' | 'userId' | 'deviceId'> & { now: number }
  return {
    async create(tx: Executor, row: Omit<Challenge, 'consumedAt'>) {
      await tx.insert(webauthnChallenges).values(row)
    },
    /** Exactly one caller spends it, for what it was made for, in the flow and the browser and for the person it was made in, before its end. */
    async consume(tx: Executor, { challengeHash, purpose, flow, userId, deviceId, now }: Key): Promise<boolean> {
      const rows = await tx
        .update(webauthnChallenges)
        .set({ consumedAt: now })
        .where(
          and(
            eq(webauthnChallenges.challengeHash, challengeHash),
            eq(webauthnChallenges.purpose, purpose),
            eq(webauthnChallenges.flow, flow),
            userId === null ? isNull(webauthnChallenges.userId) : eq(webauthnChallenges.userId, userId),
            eq(webauthnChallenges.deviceId, deviceId),
            isNull(webauthnChallenges.consumedAt),
            gt(webauthnChallenges.expiresAt, now),
          ),
        )
        .returning({ challengeHash: webauthnChallenges.challengeHash })
      return rows.length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, webauthnChallenges.challengeHash, lt(webauthnChallenges.expiresAt, before), most)
    },
  }
}
