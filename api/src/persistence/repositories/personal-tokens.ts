import { and, asc, eq, lt } from 'drizzle-orm'
import type { PersonalTokenId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export type PersonalToken = Database['tables']['personalTokens']['$inferSelect']

/** Personal access tokens by what is known of them; the tokens themselves are access tokens. */
export function personalTokenRepository(db: Database) {
  const { personalTokens } = db.tables
  return {
    async create(tx: Executor, row: PersonalToken) {
      await tx.insert(personalTokens).values(row)
    },
    async listOfUser(userId: UserId, tx?: Executor): Promise<PersonalToken[]> {
      return (tx ?? db.query)
        .select()
        .from(personalTokens)
        .where(eq(personalTokens.userId, userId))
        .orderBy(asc(personalTokens.id))
    },
    /** Out: what it was, for its grant to be revoked. */
    async remove(tx: Executor, userId: UserId, id: PersonalTokenId): Promise<PersonalToken | null> {
      const [row] = await tx
        .delete(personalTokens)
        .where(and(eq(personalTokens.userId, userId), eq(personalTokens.id, id)))
        .returning()
      return row ?? null
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, personalTokens.id, lt(personalTokens.expiresAt, before), most)
    },
  }
}
