import { and, eq, gt, lt } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

type Enrollment = Database['tables']['enrollments']['$inferSelect']
/** Whose it is, where it was begun, and what is set up. */
export type EnrollmentPlace = Pick<Enrollment, 'flow' | 'factor' | 'userId'>

export function enrollmentRepository(db: Database) {
  const { enrollments } = db.tables
  const at = ({ flow, factor, userId }: EnrollmentPlace, now: number) =>
    and(
      eq(enrollments.flow, flow),
      eq(enrollments.factor, factor),
      eq(enrollments.userId, userId),
      gt(enrollments.expiresAt, now),
    )
  return {
    /** A new one takes the place of the one before of the same flow and factor. */
    async begin(tx: Executor, row: Enrollment) {
      const { flow, factor, ...rest } = row
      await tx
        .insert(enrollments)
        .values({ flow, factor, ...rest })
        .onConflictDoUpdate({ target: [enrollments.flow, enrollments.factor], set: rest })
    },
    async find(place: EnrollmentPlace, now: number, tx?: Executor): Promise<Enrollment | null> {
      const [row] = await (tx ?? db.query).select().from(enrollments).where(at(place, now))
      return row ?? null
    },
    /** Exactly one caller completes it, and only as it was read. */
    async complete(tx: Executor, place: EnrollmentPlace & { secret: string }, now: number): Promise<boolean> {
      const rows = await tx
        .delete(enrollments)
        .where(and(at(place, now), eq(enrollments.secret, place.secret)))
        .returning({ flow: enrollments.flow })
      return rows.length === 1
    },
    async deleteOfUser(tx: Executor, userId: UserId) {
      await tx.delete(enrollments).where(eq(enrollments.userId, userId))
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, enrollments.flow, lt(enrollments.expiresAt, before), most)
    },
  }
}
