import { eq, lt } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export function spentProofRepository(db: Database) {
  const { spentProofs } = db.tables
  const spend = db.statement('proof_spend', (on) =>
    on
      .insert(spentProofs)
      .values({ id: given('id'), expiresAt: given('expiresAt') })
      .onConflictDoNothing()
      .returning({ id: spentProofs.id }),
  )

  const spent = db.statement('proof_spent', (on) =>
    on
      .select({ id: spentProofs.id })
      .from(spentProofs)
      .where(eq(spentProofs.id, bound('id', spentProofs.id))),
  )

  return {
    /** True for exactly one caller. */
    async spend(tx: Executor, row: { id: string; expiresAt: number }): Promise<boolean> {
      return (await spend(row, tx)).length === 1
    },
    async isSpent(id: string, tx?: Executor): Promise<boolean> {
      return (await spent({ id }, tx)).length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, spentProofs.id, lt(spentProofs.expiresAt, before), most)
    },
  }
}
