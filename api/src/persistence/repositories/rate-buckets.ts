import { lt, sql } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export function rateBucketRepository(db: Database) {
  const { rateBuckets } = db.tables
  const over = sql`${rateBuckets.resetsAt} <= ${bound('now', rateBuckets.resetsAt)}`
  const take = db.statement('rate_bucket_take', (on) =>
    on
      .insert(rateBuckets)
      .values({ key: given('key'), used: 1, resetsAt: given('resetsAt') })
      .onConflictDoUpdate({
        target: rateBuckets.key,
        set: {
          used: sql`case when ${over} then 1 else ${rateBuckets.used} + 1 end`,
          resetsAt: sql`case when ${over} then ${bound('resetsAt', rateBuckets.resetsAt)} else ${rateBuckets.resetsAt} end`,
        },
      })
      .returning({ used: rateBuckets.used, resetsAt: rateBuckets.resetsAt }),
  )
  return {
    /** Counts one attempt in one statement, whoever counts at the same moment; says how many there are and until when. */
    async take(
      tx: Executor,
      row: { key: string; now: number; resetsAt: number },
    ): Promise<{ used: number; resetsAt: number }> {
      return (await take(row, tx))[0]!
    },
    deleteOverBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, rateBuckets.key, lt(rateBuckets.resetsAt, before), most)
    },
  }
}
