import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { ApplicationId, GrantId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { deleteBatch } from './delete-batch.ts'

export type DeviceAuthorization = Database['tables']['deviceAuthorizations']['$inferSelect']
export type NewDeviceAuthorization = Omit<
  DeviceAuthorization,
  'state' | 'grantId' | 'lastPolledAt' | 'tooEarly' | 'consumedAt'
>
type Key = { codeHash: string; applicationId: ApplicationId; issuer: string; now: number }

/** Seconds that the interval grows by, for good, with each question that comes too early (RFC 8628 3.5). */
const SLOWER = 5

export function deviceAuthorizationRepository(db: Database) {
  const { deviceAuthorizations: table } = db.tables
  const ofClient = ({ codeHash, applicationId, issuer }: Key) =>
    and(eq(table.codeHash, codeHash), eq(table.applicationId, applicationId), eq(table.issuer, issuer))
  // the one thing that the databases count differently: milliseconds here, an interval there
  const nextPoll =
    db.kind === 'postgres'
      ? sql`${table.lastPolledAt} + ${table.interval} * interval '1 second'`
      : sql`${table.lastPolledAt} + ${table.interval} * 1000`
  const isOpen = (now: number) => and(eq(table.state, 'pending'), gt(table.expiresAt, now))

  return {
    /** False when somebody else holds this user code. The first question may come at once. */
    async create(tx: Executor, row: NewDeviceAuthorization): Promise<boolean> {
      const rows = await tx
        .insert(table)
        .values({ ...row, lastPolledAt: row.createdAt - row.interval * 1000 })
        .onConflictDoNothing()
        .returning({ codeHash: table.codeHash })
      return rows.length === 1
    },
    /** One waiting for somebody's word. */
    async findOpen(userCode: string, now: number, tx?: Executor): Promise<DeviceAuthorization | null> {
      const [row] = await (tx ?? db.query)
        .select()
        .from(table)
        .where(and(eq(table.userCode, userCode), isOpen(now)))
      return row ?? null
    },
    /** A question of the device: one statement that reads how things are, and remembers when it was asked, and whether too early. */
    async poll(tx: Executor, key: Key): Promise<DeviceAuthorization | null> {
      const isEarly = sql`${nextPoll} > ${sql.param(key.now, table.lastPolledAt)}`
      const [row] = await tx
        .update(table)
        .set({
          lastPolledAt: key.now,
          tooEarly: sql`${isEarly}`,
          interval: sql`case when ${isEarly} then ${table.interval} + ${sql.raw(String(SLOWER))} else ${table.interval} end`,
        })
        .where(ofClient(key))
        .returning()
      return row ?? null
    },
    /** Exactly one question after somebody agreed gets the tokens. */
    async consume(tx: Executor, key: Key): Promise<boolean> {
      const rows = await tx
        .update(table)
        .set({ consumedAt: key.now })
        .where(and(ofClient(key), eq(table.state, 'approved'), isNull(table.consumedAt), gt(table.expiresAt, key.now)))
        .returning({ codeHash: table.codeHash })
      return rows.length === 1
    },
    /** Somebody's word, once and in time. */
    async decide(
      tx: Executor,
      {
        codeHash,
        now,
        ...decision
      }: { codeHash: string; now: number } & ({ state: 'approved'; grantId: GrantId } | { state: 'refused' }),
    ): Promise<boolean> {
      const rows = await tx
        .update(table)
        .set(decision)
        .where(and(eq(table.codeHash, codeHash), isOpen(now)))
        .returning({ codeHash: table.codeHash })
      return rows.length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, table.codeHash, lt(table.expiresAt, before), most)
    },
  }
}
