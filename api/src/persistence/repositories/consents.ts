import type { Database, Executor } from '../database.ts'

export function consentRepository(db: Database) {
  const { consents } = db.tables
  return {
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
