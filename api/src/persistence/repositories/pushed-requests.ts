import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export function pushedRequestRepository(db: Database) {
  const { pushedRequests } = db.tables
  return {
    async create(tx: Executor, row: typeof pushedRequests.$inferInsert) {
      await tx.insert(pushedRequests).values(row)
    },
    /** Of this application, still valid, and not spent. */
    async find(uriHash: string, applicationId: ApplicationId, now: number): Promise<Record<string, string> | null> {
      const [row] = await db.query
        .select({ parameters: pushedRequests.parameters })
        .from(pushedRequests)
        .where(
          and(
            eq(pushedRequests.uriHash, uriHash),
            eq(pushedRequests.applicationId, applicationId),
            gt(pushedRequests.expiresAt, now),
            isNull(pushedRequests.consumedAt),
          ),
        )
      return row?.parameters ?? null
    },
    /** Exactly one login spends it, also after the time in which it could be opened. */
    async consume(tx: Executor, uriHash: string, now: number): Promise<boolean> {
      const rows = await tx
        .update(pushedRequests)
        .set({ consumedAt: now })
        .where(and(eq(pushedRequests.uriHash, uriHash), isNull(pushedRequests.consumedAt)))
        .returning({ uriHash: pushedRequests.uriHash })
      return rows.length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, pushedRequests.uriHash, lt(pushedRequests.expiresAt, before), most)
    },
  }
}
