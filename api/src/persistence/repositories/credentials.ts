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
    /** It opens nothing any more. Its hash, or null where there was none. */
    async removePassword(tx: Executor, userId: UserId): Promise<string | null> {
      const [row] = await tx.delete(credentials).where(passwordOf(userId)).returning({ hash: credentials.secret })
      return row?.hash ?? null
    },
  }
}
