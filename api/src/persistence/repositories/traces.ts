import { and, desc, eq, lt } from 'drizzle-orm'
import type { Trace } from '../../domain/traces/trace.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export function traceRepository(db: Database) {
  const { traces } = db.tables
  return {
    async create(tx: Executor, row: Trace): Promise<void> {
      await tx.insert(traces).values(row)
    },
    async find(id: string): Promise<Trace | null> {
      const [row] = await db.query.select().from(traces).where(eq(traces.id, id))
      return row ?? null
    },
    /** Newest first. */
    listOfApplication(
      { applicationId, owner }: { applicationId: NonNullable<Trace['applicationId']>; owner: Trace['owner'] },
      most: number,
    ): Promise<Trace[]> {
      return db.query
        .select()
        .from(traces)
        .where(and(eq(traces.applicationId, applicationId), eq(traces.owner, owner)))
        .orderBy(desc(traces.at), desc(traces.id))
        .limit(most)
    },
    deleteOldBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, traces.id, lt(traces.at, before), most)
    },
  }
}
