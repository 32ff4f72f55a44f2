import { inArray } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'

export type SigningKeyRow = Database['tables']['signingKeys']['$inferSelect']

export function signingKeyRepository(db: Database) {
  const { signingKeys } = db.tables
  return {
    async list(): Promise<SigningKeyRow[]> {
      return db.query.select().from(signingKeys)
    },
    async create(tx: Executor, row: SigningKeyRow) {
      await tx.insert(signingKeys).values(row)
    },
    async delete(tx: Executor, kids: readonly string[]) {
      if (kids.length > 0) await tx.delete(signingKeys).where(inArray(signingKeys.kid, [...kids]))
    },
  }
}
