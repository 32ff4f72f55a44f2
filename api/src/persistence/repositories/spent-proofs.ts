import { lt } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export function spentProofRepository(db: Database) {
  const { spentProofs } = db.tables
  return {
    /** True for exactly one caller. */
    async spend(tx: Executor, row: { id: string; expiresAt: number }): Promise<boolean> {
      const rows = await tx.insert(spentProofs).values(row).onConflictDoNothing().returning({ id: spentProofs.id })
      return rows.length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, spentProofs.id, lt(spentProofs.expiresAt, before), most)
    },
  }
}
