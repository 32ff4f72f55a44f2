import type { Factor, SentCode } from '@vestibule/shared/factors.ts'
import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { DEFAULT_LOGIN_POLICY, type LoginPolicy } from '@vestibule/shared/policy.ts'
import { and, eq, inArray, isNull, lt, ne, notExists, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ApplicationId, CredentialId, DeviceId, SessionId } from '../../domain/ids.ts'
import type { AccountFacts, HeldFactors } from '../../domain/login/facts.ts'
import type { PasswordFacts } from '../../domain/password-age.ts'
import { isSecondFactor, isSentCode } from '../../domain/session.ts'
import type { Profile } from '../../domain/user.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { withDefaults } from '../parse-once.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export type Device = { id: DeviceId; persistent: boolean; accountSessionId: SessionId | null; lastSeenAt: number }

/** An account of a browser, with what its screens say and what it consented to for the application that asks. */
export type KnownAccount = AccountFacts & {
  displayName: string
  /** Their own choice of language: BCP 47, or null. */
  locale: string | null
  /** The address of their picture, or null. */
  picture: string | null
  organizationName: string
  consentedScopes: readonly string[]
}

export type DeviceWithAccounts = { device: Device; accounts: KnownAccount[] }

export function deviceRepository(db: Database) {
  const { devices, sessions, users, organizations, policies, consents, credentials, identifiers } = db.tables
  const instancePolicy = alias(policies, 'instance_policy')
  const passwordPolicies = alias(policies, 'password_policy')
  const instancePasswordPolicy = alias(policies, 'instance_password_policy')

  const factor = alias(credentials, 'factor')
  /** Whether the person showed that an address of this kind is theirs. */
  const isReachable = (kind: 'email' | 'phone'): SQL<boolean> =>
    sql`exists (select 1 from ${identifiers} where ${identifiers.userId} = ${users.id} and ${identifiers.kind} = ${sql.raw(`'${kind}'`)} and ${identifiers.verifiedAt} is not null)`.mapWith(
      Boolean,
    )

  // the one read of a sign-in that needs no page: browser, accounts, their policies and consents
  const withAccounts = db.statement('device_with_accounts', (on) =>
    on
      .select({
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
        and(eq(consents.userId, users.id), eq(consents.applicationId, bound('applicationId', consents.applicationId))),
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
      const rows = await withAccounts({ tokenHash, applicationId: applicationId ?? '' }, tx)
      const [first] = rows
      if (!first) return null
      const accounts = byAccount(rows)
        .map(accountOf)
        .filter((account) => account !== null)
      return {
        device: first.device,
        accounts: accounts.toSorted((a, b) => b.session.lastUsedAt - a.session.lastUsedAt),
      }
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

type Row = {
  session: Database['tables']['sessions']['$inferSelect'] | null
  user:
    | ((AccountFacts['user'] extends infer U ? Omit<U & object, 'organizationActive'> : never) & {
        displayName: string
        profile: Profile
      })
    | null
  organizationName: string | null
  organizationState: 'active' | 'deactivated' | null
  ownPolicy: unknown
  instancePolicy: unknown
  consentedScopes: string[] | null
  password: Pick<PasswordFacts, 'changedAt' | 'mustChange'> | null
  ownPasswordPolicy: unknown
  instancePasswordPolicy: unknown
  skippedAt: number | null
  hasEmail: boolean
  hasPhone: boolean
  factor: { id: CredentialId; type: Factor; lastUsedAt: number | null; createdAt: number } | null
}

/** The rows of each account: one for each factor that its owner holds. */
function byAccount(rows: readonly Row[]): Row[][] {
  const accounts = new Map<string | undefined, Row[]>()
  for (const row of rows) {
    const known = accounts.get(row.session?.id)
    if (known) known.push(row)
    else accounts.set(row.session?.id, [row])
  }
  return [...accounts.values()]
}

function accountOf(rows: readonly Row[]): KnownAccount | null {
  const [row] = rows
  if (!row?.session || !row.user) return null
  const { session, user } = row
  const { displayName, profile, ...facts } = user
  return {
    session,
    loginName: session.loginName,
    user: { ...facts, organizationActive: row.organizationState === 'active' },
    policy: policyOf(row.ownPolicy ?? row.instancePolicy),
    password: passwordFacts(row),
    factors: factorFacts(rows),
    displayName,
    locale: profile.locale ?? null,
    picture: profile.picture ?? null,
    organizationName: row.organizationName ?? '',
    consentedScopes: row.consentedScopes ?? [],
  }
}

/** Recovery codes are for the day when nothing else is left: they stand last, however often they are used. */
const isLast = (type: Factor) => Number(type === 'recovery_code')
const usedAt = ({ lastUsedAt, createdAt }: NonNullable<Row['factor']>) => lastUsedAt ?? createdAt

function factorFacts(rows: readonly Row[]): HeldFactors {
  const [first] = rows
  const reachable: SentCode[] = [
    ...(first?.hasEmail ? ['email_code' as const] : []),
    ...(first?.hasPhone ? ['sms_code' as const] : []),
  ]
  // a code that is sent needs somewhere to go that was shown to be theirs
  const isUsable = (type: Factor) => !isSentCode(type) || reachable.includes(type)
  const held = rows
    .map(({ factor }) => factor)
    .filter((factor) => factor !== null && isUsable(factor.type))
    .filter((factor) => factor !== null)
    .toSorted((a, b) => isLast(a.type) - isLast(b.type) || usedAt(b) - usedAt(a))
  const types = held.map(({ type }) => type)
  return {
    passkeys: types.filter((type) => type === 'passkey').length,
    securityKeys: types.filter((type) => type === 'security_key').length,
    credentials: held.map(({ id }) => id),
    second: [...new Set(types.filter(isSecondFactor))],
    reachable,
    skippedAt: first?.skippedAt ?? null,
  }
}

const passwordPolicyOf = withDefaults(defaultPolicy('password'))

function passwordFacts({ password, ownPasswordPolicy, instancePasswordPolicy }: Row): PasswordFacts | null {
  if (!password) return null
  const { maxAge, warnBefore } = passwordPolicyOf(ownPasswordPolicy ?? instancePasswordPolicy)
  const inMilliseconds = (seconds: number | null) => seconds && seconds * 1000
  return { ...password, maxAge: inMilliseconds(maxAge), warnBefore: inMilliseconds(warnBefore) }
}

/** Members that a stored policy does not know yet have their default. */
export const policyOf: (stored: unknown) => LoginPolicy = withDefaults(DEFAULT_LOGIN_POLICY)
