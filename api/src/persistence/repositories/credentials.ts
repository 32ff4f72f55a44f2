import { and, eq } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

/** What becomes of a password that somebody else may know. */
export function credentialRepository(db: Database) {
  const { credentials } = db.tables
  const passwordOf = (userId: UserId) => and(eq(credentials.userId, userId), eq(credentials.type, 'password'))
  return {
    /** It still proves who somebody is, and must be replaced then. */
    async demandNewPassword(tx: Executor, userId: UserId) {
      await tx.update(credentials).set({ mustChange: true }).where(passwordOf(userId))
    },
    /** It opens nothing any more. */
    async removePassword(tx: Executor, userId: UserId) {
      await tx.delete(credentials).where(passwordOf(userId))
    },
  }
}
