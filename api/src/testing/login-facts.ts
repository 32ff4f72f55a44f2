import { SENT_CODES, type SecondFactor } from '@vestibule/shared/factors.ts'
import { DEFAULT_LOGIN_POLICY, type LoginPolicy } from '@vestibule/shared/policy.ts'
import {
  type Ceremony,
  newRegistration,
  type Registration,
  type RegistrationForm,
  type Reset,
} from '../domain/ceremony.ts'
import type { OrganizationId, SessionId, TrustedDeviceId, UserId } from '../domain/ids.ts'
import type { AccountFacts, HeldFactors, LoginFacts, UserFacts } from '../domain/login/facts.ts'
import type { TrustedDevice } from '../domain/login/trusted-device.ts'
import type { PasswordFacts } from '../domain/password-age.ts'

/** Builders of what the login engine knows, for its tests. Times are milliseconds around NOW. */
export const NOW = 1_000_000_000
export const HOME = 'org_home' as OrganizationId
export const AWAY = 'org_away' as OrganizationId

/** What is so by default, but nobody is offered a second factor: rows that are about something else stay free of it. */
export const QUIET_POLICY: LoginPolicy = { ...DEFAULT_LOGIN_POLICY, enrollmentSkipLifetime: 0 }

export const user = (name: string, change: Partial<UserFacts> = {}): UserFacts => ({
  id: `usr_${name}` as UserId,
  subject: `sub_${name}`,
  organizationId: HOME,
  state: 'active',
  organizationActive: true,
  deletionAt: null,
  ...change,
})

/** A password that need not be replaced. */
export const password = (change: Partial<PasswordFacts> = {}): PasswordFacts => ({
  changedAt: NOW - 1_000_000,
  mustChange: false,
  maxAge: null,
  warnBefore: null,
  ...change,
})

/** What somebody holds besides a password; nothing unless it is said. */
export const held = (...second: SecondFactor[]): HeldFactors => ({
  passkeys: 0,
  securityKeys: second.filter((factor) => factor === 'security_key').length,
  credentials: [],
  reachable: [...SENT_CODES],
  second,
  skippedAt: null,
})

/** An account whose password was checked a minute ago. */
export const account = (name: string, change: Partial<AccountFacts> = {}): AccountFacts => ({
  session: {
    id: `ses_${name}` as SessionId,
    version: 0,
    checks: [{ factor: 'password', at: NOW - 60_000 }],
    createdAt: NOW - 60_000,
    lastUsedAt: NOW - 60_000,
    expiresAt: NOW + 86_400_000,
    endedAt: null,
  },
  loginName: `${name}@home.test`,
  user: user(name),
  policy: QUIET_POLICY,
  password: password(),
  factors: held(),
  ...change,
})

/** A browser that was trusted yesterday, for thirty days, beside a code of an authenticator app. */
export const trusted = (name: string, change: Partial<TrustedDevice> = {}): TrustedDevice => ({
  id: `tru_${name}` as TrustedDeviceId,
  userId: `usr_${name}` as UserId,
  organizationId: HOME,
  factor: 'totp',
  credential: null,
  checkedAt: NOW - 86_400_000,
  expiresAt: NOW + 29 * 86_400_000,
  ...change,
})

export const facts = (
  change: Partial<Omit<LoginFacts, 'request'>> & { request?: Partial<LoginFacts['request']> } = {},
): LoginFacts => ({
  now: NOW,
  accounts: [],
  trusted: [],
  typed: null,
  lockedUntil: null,
  chosen: null,
  freshAccount: false,
  atPicker: false,
  ceremony: null,
  resetIsProven: false,
  passkeyOfferTo: null,
  registrationIsOpen: false,
  consent: { required: () => false, given: false },
  ...change,
  request: {
    createdAt: NOW - 10_000,
    prompts: new Set(),
    maxAge: null,
    requiredAssurance: null,
    organizationId: null,
    isAtHome: false,
    subject: null,
    loginHint: null,
    isForDevice: false,
    isOwn: false,
    ...change.request,
  },
})

const sentForm: RegistrationForm = {
  organizationId: HOME,
  email: 'new@home.test',
  isTaken: false,
  username: null,
  lostNames: [],
  phone: null,
  profile: { givenName: 'New', familyName: 'Person' },
  way: 'password',
  passwordHash: 'a hash',
  accepted: [],
  language: 'en',
}
/** Somebody who makes an account: at the form, waiting for the code, or with nothing that opens it yet. */
export const registration = (at: Registration['at'], form: Partial<RegistrationForm> | null = {}): Registration => ({
  ...newRegistration(null),
  at,
  newcomer: at === 'credential' ? { id: 'usr_new' as UserId, handle: 'a handle' } : null,
  form: form && { ...sentForm, ...form },
})

/** Somebody who forgot a password, or, with null, a name nobody has. */
export const reset = (name: string | null, change: Partial<Reset> = {}): Reset => ({
  kind: 'reset',
  userId: name === null ? null : (`usr_${name}` as UserId),
  isDone: false,
  ...change,
})

/** Somebody who was just given recovery codes. */
export const newCodes = (name: string): Ceremony => ({
  kind: 'recovery_codes',
  userId: `usr_${name}` as UserId,
  sealed: 'ten codes in a box',
})
