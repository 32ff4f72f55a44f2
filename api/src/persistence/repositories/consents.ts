import { and, eq } from 'drizzle-orm'
import type { ApplicationId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

export function consentRepository(db: Database) {
  const { consents } = db.tables
  return {
    async listOfUser(userId: UserId, tx?: Executor) {
      return (tx ?? db.query).select().from(consents).where(eq(consents.userId, userId))
    },
    /** Whether there was one. */
    async revoke(tx: Executor, userId: UserId, applicationId: ApplicationId): Promise<boolean> {
      const rows = await tx
        .delete(consents)
        .where(and(eq(consents.userId, userId), eq(consents.applicationId, applicationId)))
        .returning({ applicationId: consents.applicationId })
      return rows.length === 1
    },
    async give(tx: Executor, row: typeof consents.$inferInsert) {
      await tx
        .insert(consents)
        .values(row)
        .onConflictDoUpdate({
          target: [consents.userId, consents.applicationId],
          set: { scopes: row.scopes, grantedAt: row.grantedAt },
        })
    },
  }
}
