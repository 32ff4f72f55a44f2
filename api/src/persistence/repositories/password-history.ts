import { and, desc, eq, lt } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

export function passwordHistoryRepository(db: Database) {
  const { passwordHistory } = db.tables
  const newestOf = (userId: UserId, most: number, tx?: Executor) =>
    (tx ?? db.query)
      .select({ secret: passwordHistory.secret, replacedAt: passwordHistory.replacedAt })
      .from(passwordHistory)
      .where(eq(passwordHistory.userId, userId))
      .orderBy(desc(passwordHistory.replacedAt))
      .limit(most)

  return {
    /** Hashes of the passwords before the present one, the latest first. */
    async list(userId: UserId, most: number, tx?: Executor): Promise<string[]> {
      return most === 0 ? [] : (await newestOf(userId, most, tx)).map(({ secret }) => secret)
    },
    /** Keeps the hash that is being replaced, and of all of them only the latest `keep`. */
    async add(tx: Executor, row: { userId: UserId; secret: string; now: number; keep: number }) {
      const { userId, secret, now, keep } = row
      const [latest] = await newestOf(userId, 1, tx)
      // two in one moment are two all the same
      const replacedAt = latest && latest.replacedAt >= now ? latest.replacedAt + 1 : now
      if (keep > 0) await tx.insert(passwordHistory).values({ userId, secret, replacedAt })
      const kept = await newestOf(userId, keep, tx)
      const oldest = kept.at(-1)?.replacedAt ?? replacedAt + 1
      await tx
        .delete(passwordHistory)
        .where(and(eq(passwordHistory.userId, userId), lt(passwordHistory.replacedAt, oldest)))
    },
  }
}
