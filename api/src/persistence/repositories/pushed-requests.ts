import { and, eq, gt, lt } from 'drizzle-orm'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export function pushedRequestRepository(db: Database) {
  const { pushedRequests } = db.tables
  return {
    async create(tx: Executor, row: typeof pushedRequests.$inferInsert) {
      await tx.insert(pushedRequests).values(row)
    },
    /** Of this application, and still valid. */
    async find(uriHash: string, applicationId: ApplicationId, now: number): Promise<Record<string, string> | null> {
      const [row] = await db.query
        .select({ parameters: pushedRequests.parameters })
        .from(pushedRequests)
        .where(
          and(
            eq(pushedRequests.uriHash, uriHash),
            eq(pushedRequests.applicationId, applicationId),
            gt(pushedRequests.expiresAt, now),
          ),
        )
      return row?.parameters ?? null
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, pushedRequests.uriHash, lt(pushedRequests.expiresAt, before), most)
    },
  }
}
