import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import type { SessionId } from '../../domain/ids.ts'
import { OPENING_LINKS } from '../../domain/one-time-link.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export function oneTimeLinkRepository(db: Database) {
  const { oneTimeLinks } = db.tables
  type Link = typeof oneTimeLinks.$inferSelect
  type NewLink = Omit<Link, 'consumedAt' | 'sessionId'> & Partial<Pick<Link, 'sessionId'>>
  type Key = Pick<Link, 'tokenHash' | 'purpose'> & { now: number }
  const usable = ({ tokenHash, purpose, now }: Key) =>
    and(
      eq(oneTimeLinks.tokenHash, tokenHash),
      eq(oneTimeLinks.purpose, purpose),
      isNull(oneTimeLinks.consumedAt),
      gt(oneTimeLinks.expiresAt, now),
    )
  return {
    /** A new link for the same purpose ends the ones before. */
    async create(tx: Executor, row: NewLink) {
      await tx
        .delete(oneTimeLinks)
        .where(and(eq(oneTimeLinks.userId, row.userId), eq(oneTimeLinks.purpose, row.purpose)))
      await tx.insert(oneTimeLinks).values(row)
    },
    /** A link beside others for the same purpose. */
    async add(tx: Executor, row: NewLink) {
      await tx.insert(oneTimeLinks).values(row)
    },
    /** Out: those that there were, used and over or not. */
    deleteFor(tx: Executor, userId: Link['userId'], purpose: Link['purpose']): Promise<Link[]> {
      const isOne = and(eq(oneTimeLinks.userId, userId), eq(oneTimeLinks.purpose, purpose))
      return tx.delete(oneTimeLinks).where(isOne).returning()
    },
    async deleteAllOfUser(tx: Executor, userId: Link['userId']) {
      await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.userId, userId))
    },
    /** Those that would let somebody in. */
    async deleteOfUser(tx: Executor, userId: Link['userId']) {
      const isOpening = inArray(oneTimeLinks.purpose, [...OPENING_LINKS])
      await tx
        .delete(oneTimeLinks)
        .where(and(eq(oneTimeLinks.userId, userId), isOpening, isNull(oneTimeLinks.consumedAt)))
    },
    /** The one that was made in this session, used or not. */
    async findOfSession(sessionId: SessionId, purpose: Link['purpose'], tx?: Executor): Promise<Link | null> {
      const [row] = await (tx ?? db.query)
        .select()
        .from(oneTimeLinks)
        .where(and(eq(oneTimeLinks.sessionId, sessionId), eq(oneTimeLinks.purpose, purpose)))
      return row ?? null
    },
    /** What a link stands for; looking does not consume it. */
    async find(key: Key, tx?: Executor): Promise<Link | null> {
      const [row] = await (tx ?? db.query).select().from(oneTimeLinks).where(usable(key))
      return row ?? null
    },
    /** Exactly one caller gets the row, before its end. */
    async consume(tx: Executor, key: Key): Promise<Link | null> {
      const [row] = await tx.update(oneTimeLinks).set({ consumedAt: key.now }).where(usable(key)).returning()
      return row ?? null
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, oneTimeLinks.tokenHash, lt(oneTimeLinks.expiresAt, before), most)
    },
  }
}
