import { and, asc, eq, inArray } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

export function userMetadataRepository(db: Database) {
  const { userMetadata } = db.tables
  return {
    /** Null takes it away. */
    async set(tx: Executor, { userId, key, value }: { userId: UserId; key: string; value: string | null }) {
      const isThis = and(eq(userMetadata.userId, userId), eq(userMetadata.key, key))
      if (value === null) await tx.delete(userMetadata).where(isThis)
      else
        await tx
          .insert(userMetadata)
          .values({ userId, key, value })
          .onConflictDoUpdate({ target: [userMetadata.userId, userMetadata.key], set: { value } })
    },
    async findOfUser(userId: UserId, tx?: Executor): Promise<Record<string, string>> {
      const rows = await (tx ?? db.query)
        .select()
        .from(userMetadata)
        .where(eq(userMetadata.userId, userId))
        .orderBy(asc(userMetadata.key))
      return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
    },
    listOfUsers(ids: readonly UserId[], tx?: Executor) {
      return inChunks(ids, (some) =>
        (tx ?? db.query).select().from(userMetadata).where(inArray(userMetadata.userId, some)),
      )
    },
  }
}
