import { eq } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

export type Acceptance = Database['tables']['acceptances']['$inferSelect']

export function acceptanceRepository(db: Database) {
  const { acceptances } = db.tables
  return {
    /** The same text accepted again keeps its first time. */
    async create(tx: Executor, row: Acceptance) {
      await tx.insert(acceptances).values(row).onConflictDoNothing()
    },
    async listOfUser(userId: UserId, tx?: Executor): Promise<Acceptance[]> {
      return (tx ?? db.query).select().from(acceptances).where(eq(acceptances.userId, userId))
    },
  }
}
