import { eq } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

export type Avatar = Database['tables']['avatars']['$inferSelect']

export function avatarRepository(db: Database) {
  const { avatars } = db.tables
  return {
    /** In the place of the one before. */
    async set(tx: Executor, row: Avatar) {
      const { userId: _userId, ...rest } = row
      await tx.insert(avatars).values(row).onConflictDoUpdate({ target: avatars.userId, set: rest })
    },
    async remove(tx: Executor, userId: UserId) {
      await tx.delete(avatars).where(eq(avatars.userId, userId))
    },
    /** The picture with this content, whoever has it. */
    async findContent(hash: string, tx?: Executor): Promise<Uint8Array | null> {
      const [row] = await (tx ?? db.query)
        .select({ content: avatars.content })
        .from(avatars)
        .where(eq(avatars.hash, hash))
        .limit(1)
      return row?.content ?? null
    },
  }
}
