import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { ApplicationId, AuthRequestId, DeviceId, OrganizationId, SessionId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'

export type AuthRequest = Database['tables']['authRequests']['$inferSelect']

export type NewAuthRequest = {
  id: AuthRequestId
  deviceId: DeviceId
  applicationId: ApplicationId | null
  parameters: AuthRequestParameters
  organizationId: OrganizationId | null
  now: number
  expiresAt: number
}

/** What a step may change about a pending request. */
export type RequestChange = Partial<
  Pick<AuthRequest, 'loginName' | 'userId' | 'sessionId' | 'freshAccount' | 'consentedAt'>
> & { userId?: UserId | null; sessionId?: SessionId | null }

export function authRequestRepository(db: Database) {
  const { authRequests, devices } = db.tables

  const insert = db.statement('auth_request_insert', (on) =>
    on.insert(authRequests).values({
      id: given('id'),
      deviceId: given('deviceId'),
      applicationId: given('applicationId'),
      parameters: given('parameters'),
      organizationId: given('organizationId'),
      createdAt: given('now'),
      expiresAt: given('expiresAt'),
    }),
  )
  // bound to the browser's cookie: an id from somewhere else finds nothing
  const find = db.statement('auth_request_find', (on) =>
    on
      .select({ request: authRequests })
      .from(authRequests)
      .innerJoin(devices, eq(devices.id, authRequests.deviceId))
      .where(
        and(
          eq(authRequests.id, bound('id', authRequests.id)),
          eq(devices.tokenHash, bound('deviceTokenHash', devices.tokenHash)),
        ),
      ),
  )
  const finish = db.statement('auth_request_finish', (on) =>
    on
      .update(authRequests)
      .set({ finishedAt: given('now'), sessionId: given('sessionId') })
      .where(
        and(
          eq(authRequests.id, bound('id', authRequests.id)),
          isNull(authRequests.finishedAt),
          gt(authRequests.expiresAt, bound('now', authRequests.expiresAt)),
        ),
      )
      .returning({ id: authRequests.id }),
  )
  const identify = db.statement('auth_request_identify', (on) =>
    on
      .update(authRequests)
      .set({ loginName: given('loginName'), userId: given('userId'), sessionId: null, freshAccount: false, consentedAt: null })
      .where(eq(authRequests.id, bound('id', authRequests.id))),
  )

  return {
    async create(tx: Executor, row: NewAuthRequest) {
      await insert(row, tx)
    },
    async find(id: AuthRequestId, deviceTokenHash: string, tx?: Executor): Promise<AuthRequest | null> {
      return (await find({ id, deviceTokenHash }, tx))[0]?.request ?? null
    },
    /** Somebody was typed: whatever was chosen or agreed to before does not count for them. */
    async identify(tx: Executor, id: AuthRequestId, loginName: string, userId: UserId | null) {
      await identify({ id, loginName, userId }, tx)
    },
    async change(tx: Executor, id: AuthRequestId, change: RequestChange) {
      await tx.update(authRequests).set(change).where(eq(authRequests.id, id))
    },
    /** Exactly one caller finishes a request. */
    async finish(tx: Executor, id: AuthRequestId, sessionId: SessionId | null, now: number): Promise<boolean> {
      return (await finish({ id, sessionId, now }, tx)).length === 1
    },
    async deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      const stale = await tx.select({ id: authRequests.id }).from(authRequests).where(lt(authRequests.expiresAt, before)).limit(most)
      if (stale.length > 0) await tx.delete(authRequests).where(inArray(authRequests.id, stale.map(({ id }) => id)))
      return stale.length
    },
  }
}
