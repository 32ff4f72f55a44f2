import type { AccountPage } from '@vestibule/shared/account-pages.ts'
import { and, eq, getTableColumns, gt, isNull, lt } from 'drizzle-orm'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { Ceremony } from '../../domain/ceremony.ts'
import type { ApplicationId, AuthRequestId, DeviceId, OrganizationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export type AuthRequest = Database['tables']['authRequests']['$inferSelect']

export type NewAuthRequest = {
  id: AuthRequestId
  deviceId: DeviceId
  applicationId: ApplicationId | null
  parameters: AuthRequestParameters
  organizationId: OrganizationId | null
  atPicker: boolean
  returnTo?: AccountPage | null
  ceremony?: Ceremony | null
  now: number
  expiresAt: number
}

export function authRequestRepository(db: Database) {
  const { authRequests, devices } = db.tables

  const insert = db.statement('auth_request_insert', (on) =>
    on.insert(authRequests).values({
      id: given('id'),
      deviceId: given('deviceId'),
      applicationId: given('applicationId'),
      parameters: given('parameters'),
      organizationId: given('organizationId'),
      atPicker: given('atPicker'),
      returnTo: given('returnTo'),
      ceremony: given('ceremony'),
      createdAt: given('now'),
      expiresAt: given('expiresAt'),
    }),
  )
  // bound to the browser's cookie: an id from somewhere else finds nothing
  const find = db.statement('auth_request_find', (on) =>
    on
      .select(getTableColumns(authRequests))
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
      // what was typed into a form, and the hash in it, served its purpose
      .set({ finishedAt: given('now'), ceremony: null })
      .where(
        and(
          eq(authRequests.id, bound('id', authRequests.id)),
          isNull(authRequests.finishedAt),
          gt(authRequests.expiresAt, bound('now', authRequests.expiresAt)),
        ),
      )
      .returning({ id: authRequests.id }),
  )
  const save = db.statement('auth_request_save', (on) =>
    on
      .update(authRequests)
      .set({
        loginName: given('loginName'),
        userId: given('userId'),
        sessionId: given('sessionId'),
        freshAccount: given('freshAccount'),
        atPicker: given('atPicker'),
        consentedAt: given('consentedAt'),
        ceremony: given('ceremony'),
        passkeyOfferTo: given('passkeyOfferTo'),
      })
      .where(eq(authRequests.id, bound('id', authRequests.id))),
  )

  return {
    async create(tx: Executor, row: NewAuthRequest) {
      await insert({ returnTo: null, ceremony: null, ...row }, tx)
    },
    async find(id: AuthRequestId, deviceTokenHash: string, tx?: Executor): Promise<AuthRequest | null> {
      const [row] = await find({ id, deviceTokenHash }, tx)
      return row ?? null
    },
    /** How far the person has come. */
    async save(tx: Executor, request: AuthRequest) {
      const { id, loginName, userId, sessionId, freshAccount, atPicker, consentedAt, ceremony, passkeyOfferTo } =
        request
      const whom = { loginName, userId, sessionId, freshAccount, atPicker }
      await save({ id, ...whom, consentedAt, ceremony, passkeyOfferTo }, tx)
    },
    /** What is under way in a flow, for whoever comes by a link and not with its browser. */
    async findCeremony(id: AuthRequestId, tx: Executor): Promise<Ceremony | null> {
      const [row] = await tx
        .select({ ceremony: authRequests.ceremony })
        .from(authRequests)
        .where(eq(authRequests.id, id))
      return row?.ceremony ?? null
    },
    async setCeremony(tx: Executor, id: AuthRequestId, ceremony: Ceremony) {
      await tx.update(authRequests).set({ ceremony }).where(eq(authRequests.id, id))
    },
    /** Exactly one caller finishes a request, before its end. */
    async finish(tx: Executor, id: AuthRequestId, now: number): Promise<boolean> {
      return (await finish({ id, now }, tx)).length === 1
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, authRequests.id, lt(authRequests.expiresAt, before), most)
    },
  }
}
