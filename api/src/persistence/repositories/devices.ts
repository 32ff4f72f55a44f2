import { and, eq, inArray, isNull, lt, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ApplicationId, AuthRequestId, DeviceId, SessionId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { bound, given } from '../placeholder.ts'
import type { AuthRequest } from './auth-requests.ts'
import { deleteBatch } from './delete-batch.ts'
import { accountsOf, type KnownAccount } from './known-accounts.ts'

export type Device = { id: DeviceId; persistent: boolean; accountSessionId: SessionId | null; lastSeenAt: number }

export type DeviceWithAccounts = { device: Device; accounts: KnownAccount[] }
export type DeviceWithRequest = DeviceWithAccounts & { request: AuthRequest }

export function deviceRepository(db: Database) {
  const { devices, authRequests, sessions, users, organizations, policies, consents, credentials, identifiers } =
    db.tables
  const instancePolicy = alias(policies, 'instance_policy')
  const passwordPolicies = alias(policies, 'password_policy')
  const instancePasswordPolicy = alias(policies, 'instance_password_policy')

  const factor = alias(credentials, 'factor')
  /** Whether the person showed that an address of this kind is theirs. */
  const isReachable = (kind: 'email' | 'phone'): SQL<boolean> =>
    sql`exists (select 1 from ${identifiers} where ${identifiers.userId} = ${users.id} and ${identifiers.kind} = ${sql.raw(`'${kind}'`)} and ${identifiers.verifiedAt} is not null)`.mapWith(
      Boolean,
    )

  // the one read of a sign-in that needs no page, and of each step: browser, pending request, accounts, their policies and consents
  const withAccounts = db.statement('device_with_accounts', (on) =>
    on
      .select({
        request: authRequests,
        device: {
          id: devices.id,
          persistent: devices.persistent,
          accountSessionId: devices.accountSessionId,
          lastSeenAt: devices.lastSeenAt,
        },
        session: sessions,
        user: {
          id: users.id,
          subject: users.subject,
          organizationId: users.organizationId,
          state: users.state,
          deletionAt: users.deletionAt,
          displayName: users.displayName,
          profile: users.profile,
        },
        skippedAt: users.enrollmentSkippedAt,
        hasEmail: isReachable('email'),
        hasPhone: isReachable('phone'),
        factor: { id: factor.id, type: factor.type, lastUsedAt: factor.lastUsedAt, createdAt: factor.createdAt },
        organizationName: organizations.name,
        organizationState: organizations.state,
        ownPolicy: policies.value,
        instancePolicy: instancePolicy.value,
        consentedScopes: consents.scopes,
        password: { changedAt: credentials.changedAt, mustChange: credentials.mustChange },
        ownPasswordPolicy: passwordPolicies.value,
        instancePasswordPolicy: instancePasswordPolicy.value,
      })
      .from(devices)
      // bound to the browser's cookie: an id from somewhere else finds nothing
      .leftJoin(
        authRequests,
        and(eq(authRequests.id, bound('request', authRequests.id)), eq(authRequests.deviceId, devices.id)),
      )
      .leftJoin(sessions, and(eq(sessions.deviceId, devices.id), isNull(sessions.forgottenAt)))
      .leftJoin(users, eq(users.id, sessions.userId))
      .leftJoin(organizations, eq(organizations.id, users.organizationId))
      .leftJoin(policies, and(eq(policies.owner, users.organizationId), eq(policies.kind, 'login')))
      .leftJoin(instancePolicy, and(eq(instancePolicy.owner, 'instance'), eq(instancePolicy.kind, 'login')))
      .leftJoin(credentials, and(eq(credentials.userId, users.id), eq(credentials.type, 'password')))
      .leftJoin(factor, and(eq(factor.userId, users.id), ne(factor.type, 'password')))
      .leftJoin(
        passwordPolicies,
        and(eq(passwordPolicies.owner, users.organizationId), eq(passwordPolicies.kind, 'password')),
      )
      .leftJoin(
        instancePasswordPolicy,
        and(eq(instancePasswordPolicy.owner, 'instance'), eq(instancePasswordPolicy.kind, 'password')),
      )
      .leftJoin(
        consents,
        and(
          eq(consents.userId, users.id),
          eq(
            consents.applicationId,
            sql`coalesce(${authRequests.applicationId}, ${bound('applicationId', consents.applicationId)})`,
          ),
        ),
      )
      .where(eq(devices.tokenHash, bound('tokenHash', devices.tokenHash))),
  )
  const insert = db.statement('device_insert', (on) =>
    on.insert(devices).values({
      id: given('id'),
      tokenHash: given('tokenHash'),
      userAgent: given('userAgent'),
      knownHash: given('knownHash'),
      createdAt: given('now'),
      lastSeenAt: given('now'),
    }),
  )
  const rotate = db.statement('device_rotate', (on) =>
    on
      .update(devices)
      .set({ tokenHash: given('tokenHash'), persistent: given('persistent'), lastSeenAt: given('now') })
      .where(
        and(eq(devices.id, bound('id', devices.id)), eq(devices.tokenHash, bound('usedTokenHash', devices.tokenHash))),
      )
      .returning({ id: devices.id }),
  )

  return {
    /** Null for a cookie nobody has. Without an application the consents are empty. */
    async findWithAccounts(
      tokenHash: string,
      applicationId: ApplicationId | null,
      tx?: Executor,
    ): Promise<DeviceWithAccounts | null> {
      const rows = await withAccounts({ tokenHash, request: '', applicationId: applicationId ?? '' }, tx)
      const [first] = rows
      return first ? { device: first.device, accounts: accountsOf(rows) } : null
    },
    /** Null for a request that is not this browser's. The consents are those for the application that asks. */
    async findWithRequest(tokenHash: string, request: AuthRequestId, tx?: Executor): Promise<DeviceWithRequest | null> {
      const rows = await withAccounts({ tokenHash, request, applicationId: '' }, tx)
      const [first] = rows
      return first?.request ? { request: first.request, device: first.device, accounts: accountsOf(rows) } : null
    },
    /** `knownHash`: the cookie by which it says who was in it before, by its hash. */
    async create(
      tx: Executor,
      row: { id: DeviceId; tokenHash: string; userAgent: string; now: number; knownHash?: string | null },
    ) {
      await insert({ knownHash: null, ...row }, tx)
    },
    /**
     * A new cookie for a browser whose rights changed: the old value opens nothing any more. False when it had been replaced already:
     * of those who come with one value, one gets the next.
     */
    async rotate(
      tx: Executor,
      row: { id: DeviceId; usedTokenHash: string; tokenHash: string; persistent: boolean; now: number },
    ): Promise<boolean> {
      return (await rotate(row, tx)).length === 1
    },
    async showAccount(tx: Executor, id: DeviceId, accountSessionId: SessionId | null) {
      await tx.update(devices).set({ accountSessionId }).where(eq(devices.id, id))
    },
    /** Those of these in which nobody has an account any more, with their pending requests. */
    async deleteWithoutSessions(tx: Executor, ids: readonly DeviceId[]) {
      const isEmpty = notExists(tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.deviceId, devices.id)))
      await inChunks(ids, (some) =>
        tx
          .delete(devices)
          .where(and(inArray(devices.id, some), isEmpty))
          .returning({ id: devices.id }),
      )
    },
    /** Unused since then. Their sessions and pending requests go with them. */
    deleteUnusedSince(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, devices.id, lt(devices.lastSeenAt, before), most)
    },
  }
}
