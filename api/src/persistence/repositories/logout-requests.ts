import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { DeviceId, LogoutRequestId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export type LogoutRequest = Database['tables']['logoutRequests']['$inferSelect']

export function logoutRequestRepository(db: Database) {
  const { logoutRequests } = db.tables
  return {
    async create(tx: Executor, row: Omit<LogoutRequest, 'finishedAt' | 'frames'>) {
      await tx.insert(logoutRequests).values(row)
    },
    async find(id: LogoutRequestId, deviceId: DeviceId, tx?: Executor): Promise<LogoutRequest | null> {
      const [row] = await (tx ?? db.query)
        .select()
        .from(logoutRequests)
        .where(and(eq(logoutRequests.id, id), eq(logoutRequests.deviceId, deviceId)))
      return row ?? null
    },
    /** `frames` are what its last page loads. */
    async finish(tx: Executor, id: LogoutRequestId, now: number, frames: string[]): Promise<boolean> {
      const rows = await tx
        .update(logoutRequests)
        .set({ finishedAt: now, frames })
        .where(and(eq(logoutRequests.id, id), isNull(logoutRequests.finishedAt), gt(logoutRequests.expiresAt, now)))
        .returning({ id: logoutRequests.id })
      return rows.length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, logoutRequests.id, lt(logoutRequests.expiresAt, before), most)
    },
  }
}
