import type { Factor, SentCode } from '@vestibule/shared/factors.ts'
import { defaultPolicy } from '@vestibule/shared/policies.ts'
import type { CredentialId } from '../../domain/ids.ts'
import type { AccountFacts, HeldFactors } from '../../domain/login/facts.ts'
import type { PasswordFacts } from '../../domain/password-age.ts'
import { isSecondFactor, isSentCode } from '../../domain/session.ts'
import type { Profile } from '../../domain/user.ts'
import type { Database } from '../database.ts'
import { withDefaults } from '../parse-once.ts'
import { policyOf } from './login-policy.ts'

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

/** What is read of one account, with one of the factors that its owner holds. */
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

/** The accounts of a browser, last used first, from rows of which each account has one for each factor. */
export const accountsOf = (rows: readonly Row[]): KnownAccount[] =>
  byAccount(rows)
    .map(accountOf)
    .filter((account) => account !== null)
    .sort((a, b) => b.session.lastUsedAt - a.session.lastUsedAt)

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
