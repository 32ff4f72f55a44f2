import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

type Key = { uriHash: string; applicationId: ApplicationId; issuer: string; now: number }
type NewPushedRequest = Omit<Database['tables']['pushedRequests']['$inferSelect'], 'consumedAt'>

export function pushedRequestRepository(db: Database) {
  const { pushedRequests } = db.tables

  const insert = db.statement('pushed_request_insert', (on) =>
    on.insert(pushedRequests).values({
      uriHash: given('uriHash'),
      applicationId: given('applicationId'),
      issuer: given('issuer'),
      parameters: given('parameters'),
      expiresAt: given('expiresAt'),
    }),
  )
  const findOpen = db.statement('pushed_request_open', (on) =>
    on
      .select({ parameters: pushedRequests.parameters })
      .from(pushedRequests)
      .where(
        and(
          eq(pushedRequests.uriHash, bound('uriHash', pushedRequests.uriHash)),
          eq(pushedRequests.applicationId, bound('applicationId', pushedRequests.applicationId)),
          eq(pushedRequests.issuer, bound('issuer', pushedRequests.issuer)),
          gt(pushedRequests.expiresAt, bound('now', pushedRequests.expiresAt)),
          isNull(pushedRequests.consumedAt),
        ),
      ),
  )
  const consume = db.statement('pushed_request_consume', (on) =>
    on
      .update(pushedRequests)
      .set({ consumedAt: given('now') })
      .where(
        and(eq(pushedRequests.uriHash, bound('uriHash', pushedRequests.uriHash)), isNull(pushedRequests.consumedAt)),
      )
      .returning({ uriHash: pushedRequests.uriHash }),
  )

  return {
    async create(tx: Executor, row: NewPushedRequest) {
      await insert(row, tx)
    },
    /** Of this application at this address, still valid, and not spent. */
    async find(key: Key): Promise<Record<string, string> | null> {
      return (await findOpen(key))[0]?.parameters ?? null
    },
    /** Exactly one login spends it, also after the time in which it could be opened. */
    async consume(tx: Executor, uriHash: string, now: number): Promise<boolean> {
      return (await consume({ uriHash, now }, tx)).length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, pushedRequests.uriHash, lt(pushedRequests.expiresAt, before), most)
    },
  }
}
