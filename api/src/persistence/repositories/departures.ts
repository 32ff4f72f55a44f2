import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

/** People who wish to go, and what is left of those who went. */
export function departureRepository(db: Database) {
  const { users, retiredSubjects } = db.tables
  return {
    async plan(tx: Executor, id: UserId, deletionAt: number) {
      await tx
        .update(users)
        .set({ deletionAt })
        .where(and(eq(users.id, id), isNull(users.deletionAt)))
    },
    /** It is time now, whatever was planned. */
    async hasten(tx: Executor, id: UserId, now: number) {
      await tx.update(users).set({ deletionAt: now }).where(eq(users.id, id))
    },
    /** False when nothing was planned, or it is too late. */
    async undo(tx: Executor, id: UserId, now: number): Promise<boolean> {
      const rows = await tx
        .update(users)
        .set({ deletionAt: null })
        .where(and(eq(users.id, id), gt(users.deletionAt, now)))
        .returning({ id: users.id })
      return rows.length === 1
    },
    /** Whose time has come, the earliest first. */
    async listDue(now: number, most: number): Promise<UserId[]> {
      const rows = await db.query
        .select({ id: users.id })
        .from(users)
        .where(lte(users.deletionAt, now))
        .orderBy(asc(users.deletionAt))
        .limit(most)
      return rows.map(({ id }) => id)
    },
    /** Whether one of these is active and does not wish to go. */
    async isOneStaying(tx: Executor, ids: readonly UserId[]): Promise<boolean> {
      const staying = and(eq(users.state, 'active'), isNull(users.deletionAt))
      const rows = await inChunks(ids, (some) =>
        tx
          .select({ id: users.id })
          .from(users)
          .where(and(inArray(users.id, some), staying))
          .limit(1),
      )
      return rows.length > 0
    },
    /** Deletes the person, with every row that refers to them. False when their time has not come. */
    async complete(tx: Executor, id: UserId, now: number): Promise<boolean> {
      const rows = await tx
        .delete(users)
        .where(and(eq(users.id, id), lte(users.deletionAt, now)))
        .returning({ id: users.id })
      return rows.length === 1
    },
    async retireSubject(tx: Executor, subjectHash: string, retiredAt: number) {
      await tx.insert(retiredSubjects).values({ subjectHash, retiredAt }).onConflictDoNothing()
    },
    /** Which of these were given to somebody who is gone. */
    async listRetired(tx: Executor, subjectHashes: Iterable<string>): Promise<string[]> {
      const rows = await inChunks(subjectHashes, (some) =>
        tx.select().from(retiredSubjects).where(inArray(retiredSubjects.subjectHash, some)),
      )
      return rows.map(({ subjectHash }) => subjectHash)
    },
  }
}
