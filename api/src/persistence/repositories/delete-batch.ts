import { and, inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Executor } from '../database.ts'

/**
 * Deletes at most so many rows of this key's table, and says how many went: so few that nobody waits for them. What is over is asked of
 * the row again when it goes, because another process may have renewed it meanwhile.
 */
export async function deleteBatch(tx: Executor, key: SQLiteColumn, isOver: SQL, most: number): Promise<number> {
  const batch = tx.select({ key }).from(key.table).where(isOver).limit(most)
  const gone = await tx
    .delete(key.table)
    .where(and(inArray(key, batch), isOver))
    .returning({ key })
  return gone.length
}
