import { and, count, eq } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

/** A code of somebody, by its hash. */
type Code = { userId: UserId; codeHash: string }

export function recoveryCodeRepository(db: Database) {
  const { recoveryCodes } = db.tables
  const at = ({ userId, codeHash }: Code) => and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash))
  return {
    /** These, and none of those before. */
    async replace(tx: Executor, userId: UserId, hashes: readonly string[]) {
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
      await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash })))
    },
    /** Exactly one caller uses a code. */
    async use(tx: Executor, code: Code): Promise<boolean> {
      const rows = await tx.delete(recoveryCodes).where(at(code)).returning({ codeHash: recoveryCodes.codeHash })
      return rows.length === 1
    },
    /** Whether it would count; looking uses nothing up. */
    async has(tx: Executor, code: Code): Promise<boolean> {
      return (await tx.select({ codeHash: recoveryCodes.codeHash }).from(recoveryCodes).where(at(code))).length === 1
    },
    async countLeft(userId: UserId, tx?: Executor): Promise<number> {
      const [row] = await (tx ?? db.query)
        .select({ left: count() })
        .from(recoveryCodes)
        .where(eq(recoveryCodes.userId, userId))
      return row?.left ?? 0
    },
    async deleteOfUser(tx: Executor, userId: UserId) {
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
    },
  }
}
