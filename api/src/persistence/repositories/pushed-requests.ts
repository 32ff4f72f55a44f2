import { and, eq, gt, inArray, lt } from 'drizzle-orm'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

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
    async deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      const stale = await tx
        .select({ uriHash: pushedRequests.uriHash })
        .from(pushedRequests)
        .where(lt(pushedRequests.expiresAt, before))
        .limit(most)
      const hashes = stale.map(({ uriHash }) => uriHash)
      if (hashes.length > 0) await tx.delete(pushedRequests).where(inArray(pushedRequests.uriHash, hashes))
      return hashes.length
    },
  }
}
