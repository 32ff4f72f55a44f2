import { and, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm'
import type { DeviceId, SessionId, UserId } from '../../domain/ids.ts'
import type { Check } from '../../domain/session.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export type NewSession = {
  id: SessionId
  deviceId: DeviceId
  userId: UserId
  loginName: string
  checks: Check[]
  now: number
  expiresAt: number
}

export function sessionRepository(db: Database) {
  const { sessions, devices, users } = db.tables

  const insert = db.statement('session_insert', (on) =>
    on.insert(sessions).values({
      id: given('id'),
      deviceId: given('deviceId'),
      userId: given('userId'),
      loginName: given('loginName'),
      checks: given('checks'),
      createdAt: given('now'),
      lastUsedAt: given('now'),
      expiresAt: given('expiresAt'),
    }),
  )
  const addChecks = db.statement('session_add_checks', (on) =>
    on
      .update(sessions)
      .set({ checks: given('checks'), version: given('nextVersion'), lastUsedAt: given('now') })
      .where(
        and(
          eq(sessions.id, bound('id', sessions.id)),
          eq(sessions.version, bound('version', sessions.version)),
          isNull(sessions.endedAt),
        ),
      )
      .returning({ id: sessions.id }),
  )
  const touch = db.statement('session_touch', (on) =>
    on
      .update(sessions)
      .set({ lastUsedAt: given('now') })
      .where(eq(sessions.id, bound('id', sessions.id))),
  )
  const replaceOthers = db.statement('session_replace_others', (on) =>
    on
      .update(sessions)
      .set({ forgottenAt: given('now') })
      .where(
        and(
          eq(sessions.deviceId, bound('deviceId', sessions.deviceId)),
          eq(sessions.userId, bound('userId', sessions.userId)),
          ne(sessions.id, bound('id', sessions.id)),
          isNull(sessions.forgottenAt),
        ),
      ),
  )

  return {
    async create(tx: Executor, row: NewSession) {
      await insert(row, tx)
    },
    /** This session takes the place of older ones of the same account in its browser. */
    async replaceOthers(tx: Executor, session: Pick<NewSession, 'id' | 'deviceId' | 'userId' | 'now'>) {
      await replaceOthers(session, tx)
    },
    /** False when someone else changed or ended the session since `version` was read. */
    async addCheck(
      tx: Executor,
      row: { id: SessionId; version: number; checks: Check[]; now: number },
    ): Promise<boolean> {
      return (await addChecks({ ...row, nextVersion: row.version + 1 }, tx)).length === 1
    },
    /** What pickers show of a person who has another name now. */
    async rename(tx: Executor, userId: UserId, from: string, to: string) {
      await tx
        .update(sessions)
        .set({ loginName: to })
        .where(and(eq(sessions.userId, userId), eq(sessions.loginName, from)))
    },
    async touch(tx: Executor, id: SessionId, now: number) {
      await touch({ id, now }, tx)
    },
    /** Ends those that are not ended yet, and says which. */
    async end(tx: Executor, ids: readonly SessionId[], now: number): Promise<SessionId[]> {
      if (ids.length === 0) return []
      const rows = await tx
        .update(sessions)
        .set({ endedAt: now })
        .where(and(inArray(sessions.id, [...ids]), isNull(sessions.endedAt)))
        .returning({ id: sessions.id })
      return rows.map(({ id }) => id)
    },
    async findWithUser(id: SessionId, tx?: Executor) {
      const [row] = await (tx ?? db.query)
        .select({
          session: sessions,
          user: { id: users.id, organizationId: users.organizationId, subject: users.subject },
        })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(eq(sessions.id, id))
      return row ?? null
    },
    /** Takes the account out of the picker. */
    async forget(tx: Executor, id: SessionId, deviceId: DeviceId, now: number): Promise<boolean> {
      const rows = await tx
        .update(sessions)
        .set({ forgottenAt: now })
        .where(and(eq(sessions.id, id), eq(sessions.deviceId, deviceId), isNull(sessions.forgottenAt)))
        .returning({ id: sessions.id })
      return rows.length === 1
    },
    /** Every browser that this person ever signed in with, as far as it is known. */
    async listDevices(userId: UserId, tx: Executor): Promise<DeviceId[]> {
      const rows = await tx.select({ id: sessions.deviceId }).from(sessions).where(eq(sessions.userId, userId))
      return [...new Set(rows.map(({ id }) => id))]
    },
    /** The browsers of those of these that are this person's. */
    async listBrowsers(userId: UserId, ids: readonly SessionId[]) {
      if (ids.length === 0) return []
      return db.query
        .select({ id: sessions.id, userAgent: devices.userAgent })
        .from(sessions)
        .innerJoin(devices, eq(devices.id, sessions.deviceId))
        .where(and(inArray(sessions.id, [...ids]), eq(sessions.userId, userId)))
    },
    /** Not ended and not past their absolute end, with the browser each lives in. */
    async listLiveOfUser(userId: UserId, now: number, tx?: Executor) {
      return (tx ?? db.query)
        .select({ session: sessions, userAgent: devices.userAgent, firstSeenAt: devices.createdAt })
        .from(sessions)
        .innerJoin(devices, eq(devices.id, sessions.deviceId))
        .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), gt(sessions.expiresAt, now)))
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, sessions.id, lt(sessions.expiresAt, before), most)
    },
  }
}
