import { eq, lt, lte } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

type Claim = { id: string; requestHash: string; expiresAt: number }

/** Names that programs give their changes, so that each happens once. */
export function idempotencyKeyRepository(db: Database) {
  const { idempotencyKeys } = db.tables
  return {
    /** True for exactly one caller until it expires. Another one at the same time waits for the end of the first one's transaction. */
    async claim(tx: Executor, row: Claim, now: number): Promise<boolean> {
      const rows = await tx
        .insert(idempotencyKeys)
        .values({ ...row, answer: null })
        .onConflictDoUpdate({
          target: idempotencyKeys.id,
          set: { requestHash: row.requestHash, answer: null, expiresAt: row.expiresAt },
          setWhere: lte(idempotencyKeys.expiresAt, now),
        })
        .returning({ id: idempotencyKeys.id })
      return rows.length === 1
    },
    async keepAnswer(tx: Executor, id: string, answer: string) {
      await tx.update(idempotencyKeys).set({ answer }).where(eq(idempotencyKeys.id, id))
    },
    async find(tx: Executor, id: string): Promise<{ requestHash: string; answer: string | null } | null> {
      const [row] = await tx
        .select({ requestHash: idempotencyKeys.requestHash, answer: idempotencyKeys.answer })
        .from(idempotencyKeys)
        .where(eq(idempotencyKeys.id, id))
      return row ?? null
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, idempotencyKeys.id, lt(idempotencyKeys.expiresAt, before), most)
    },
  }
}
