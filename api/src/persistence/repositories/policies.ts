import { inArray } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

type Row = Database['tables']['policies']['$inferSelect']
/** `owner` is an organization's id or `instance`. */
export type Policy = Pick<Row, 'owner' | 'kind' | 'value'>

export function policyRepository(db: Database) {
  const { policies } = db.tables
  return {
    /** What these owners have of their own. */
    async listOwned(tx: Executor, owners: Iterable<string>): Promise<Policy[]> {
      return inChunks(owners, (some) => tx.select().from(policies).where(inArray(policies.owner, some)))
    },
    /** A policy is owned whole: the value replaces the one before. */
    async set(tx: Executor, row: Row) {
      const { value, updatedAt } = row
      await tx
        .insert(policies)
        .values(row)
        .onConflictDoUpdate({ target: [policies.owner, policies.kind], set: { value, updatedAt } })
    },
  }
}
