import { SECOND_FACTORS, SENT_CODES, type SecondFactor } from '@vestibule/shared/factors.ts'
import { DEFAULT_LOGIN_POLICY, FORCED, type LoginPolicy } from '@vestibule/shared/policy.ts'
import fc from 'fast-check'
import { PROMPTS } from '../domain/auth-request.ts'
import {
  type Ceremony,
  newRegistration,
  type Registration,
  type RegistrationForm,
  type Reset,
} from '../domain/ceremony.ts'
import type { CredentialId, OrganizationId, SessionId, TrustedDeviceId, UserId } from '../domain/ids.ts'
import type { AccountFacts, HeldFactors, LoginFacts, UserFacts } from '../domain/login/facts.ts'
import type { TrustedDevice } from '../domain/login/trusted-device.ts'
import type { PasswordFacts } from '../domain/password-age.ts'
import type { Check } from '../domain/session.ts'

/** Builders and random situations for the tests of the engine. Times are milliseconds around NOW. */
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

const NAMES = ['ann', 'ben', 'cas'] as const
const ages = [0, 1, 5_000, 20_000, 400_000, 900_000_000, -5_000]

const someUser = (name: (typeof NAMES)[number]): fc.Arbitrary<UserFacts> =>
  fc.record({
    id: fc.constant(`usr_${name}` as UserId),
    subject: fc.constant(`sub_${name}`),
    organizationId: fc.constantFrom(HOME, AWAY),
    state: fc.constantFrom('active', 'active', 'active', 'locked', 'deactivated'),
    organizationActive: fc.constantFrom(true, true, true, false),
    deletionAt: fc.constantFrom(null, null, null, NOW + 86_400_000, NOW - 1),
  })

const somePolicy = fc
  .record({
    allowPassword: fc.constantFrom(true, true, false),
    allowPasskey: fc.boolean(),
    secondFactors: fc.subarray([...SECOND_FACTORS]),
    forceSecondFactor: fc.constantFrom('never' as const, ...FORCED),
    enrollmentSkipLifetime: fc.constantFrom(0, 1_000),
    trustedDeviceLifetime: fc.constantFrom(0, 2_000, 2_000),
    allowPasswordReset: fc.constantFrom(true, true, false),
    idle: fc.constantFrom(60, 86_400),
  })
  .map(({ idle, ...policy }) => ({
    ...DEFAULT_LOGIN_POLICY,
    ...policy,
    passwordCheckLifetime: 300,
    passkeyCheckLifetime: 200,
    secondFactorCheckLifetime: 100,
    sessionIdleLifetime: idle,
  }))

const CREDENTIALS = ['crd_one', 'crd_two'] as string[] as CredentialId[]

const someChecks: fc.Arbitrary<Check[]> = fc
  .tuple(
    fc.option(fc.constantFrom(...ages)),
    fc.option(
      fc.record({
        at: fc.constantFrom(...ages),
        userVerified: fc.boolean(),
        credential: fc.constantFrom(undefined, ...CREDENTIALS),
      }),
    ),
    fc.array(
      fc.record({
        factor: fc.constantFrom(...SECOND_FACTORS),
        at: fc.constantFrom(...ages),
        credential: fc.constantFrom(undefined, undefined, ...CREDENTIALS),
      }),
      { maxLength: 2 },
    ),
  )
  .map(([passwordAgo, passkey, second]) => [
    ...(passwordAgo === null ? [] : [{ factor: 'password' as const, at: NOW - passwordAgo }]),
    ...(passkey === null ? [] : [passkeyCheck(passkey)]),
    ...second.map(({ factor, at, credential }) => ({ factor, at: NOW - at, ...(credential ? { credential } : {}) })),
  ])

function passkeyCheck({
  at,
  userVerified,
  credential,
}: {
  at: number
  userVerified: boolean
  credential?: CredentialId | undefined
}): Check {
  return { factor: 'passkey', userVerified, at: NOW - at, ...(credential ? { credential } : {}) }
}

const someHeld: fc.Arbitrary<HeldFactors> = fc.record({
  passkeys: fc.constantFrom(0, 0, 2),
  securityKeys: fc.constantFrom(1, 2),
  credentials: fc.subarray([...CREDENTIALS]),
  reachable: fc.subarray([...SENT_CODES]),
  second: fc.oneof(fc.constant([]), fc.subarray([...SECOND_FACTORS])),
  skippedAt: fc.constantFrom(null, NOW, NOW - 999_999, NOW - 1_000_000),
})

const someAccount = (name: (typeof NAMES)[number]): fc.Arbitrary<AccountFacts> =>
  fc
    .record({
      who: someUser(name),
      policy: somePolicy,
      checks: someChecks,
      factors: someHeld,
      usedAgo: fc.constantFrom(0, 30_000, 100_000_000),
      isExpired: fc.boolean(),
      isEnded: fc.constantFrom(false, false, true),
      password: fc.option(
        fc.record({
          mustChange: fc.constantFrom(false, false, true),
          maxAge: fc.constantFrom(null, null, 1_000_000, 1_000_001),
        }),
      ),
    })
    .map(({ who, policy, checks, factors, usedAgo, isExpired, isEnded, password: secret }) =>
      account(name, {
        user: who,
        policy,
        password: secret && password(secret),
        factors,
        session: {
          id: `ses_${name}` as SessionId,
          version: 0,
          checks,
          createdAt: NOW - 1_000_000,
          lastUsedAt: NOW - usedAgo,
          expiresAt: isExpired ? NOW - 1 : NOW + 1_000_000,
          endedAt: isEnded ? NOW - 5 : null,
        },
      }),
    )

const someAccounts = fc
  .tuple(...NAMES.map((name) => fc.option(someAccount(name))))
  .map((accounts) => accounts.filter((known) => known !== null))

const someTrust: fc.Arbitrary<TrustedDevice> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    organizationId: fc.constantFrom(HOME, HOME, AWAY),
    factor: fc.constantFrom(...SECOND_FACTORS),
    credential: fc.constantFrom(null, null, ...CREDENTIALS),
    checkedAt: fc.constantFrom(NOW - 5_000, NOW - 1_999_999, NOW - 2_000_000, NOW + 1),
    expiresAt: fc.constantFrom(NOW, NOW + 1, NOW + 9_000_000, NOW + 9_000_000),
  })
  .map(({ name, ...rest }) => trusted(name, rest))

/** Trust in whom the browser knows, by what they hold: chance alone hardly ever finds it. */
const fittingTrust = ({
  user: { id, organizationId },
  factors: { second, credentials },
}: AccountFacts): TrustedDevice =>
  trusted(id.slice(4), {
    organizationId,
    factor: second[0] ?? 'totp',
    credential: credentials[0] ?? null,
    checkedAt: NOW - 5_000,
  })

const someCeremony: fc.Arbitrary<Ceremony | null> = fc.oneof(
  fc.constant(null),
  fc.constant(null),
  fc.constant(registration('form', null)),
  fc
    .record({
      at: fc.constantFrom('form' as const, 'code' as const, 'credential' as const),
      way: fc.constantFrom('password' as const, 'passkey' as const),
      isSent: fc.boolean(),
      isTaken: fc.boolean(),
      isNobody: fc.constantFrom(false, false, true),
    })
    .map(({ at, way, isSent, isTaken, isNobody }) => ({
      ...registration(at, { way, passwordHash: isSent ? 'a hash' : null, isTaken }),
      ...(isNobody ? { newcomer: null } : {}),
    })),
  fc.constantFrom(...NAMES).map((name) => newCodes(name)),
  fc.constantFrom(...NAMES).map((name) => newCodes(name)),
  fc.tuple(fc.constantFrom(...NAMES, null), fc.boolean()).map(([name, isDone]) => reset(name, { isDone })),
)

/** Any situation the rows can be in, and many they should never be in. */
export const situations: fc.Arbitrary<LoginFacts> = fc
  .record({
    accounts: someAccounts,
    trusted: fc.array(someTrust, { maxLength: 3 }),
    isTrusted: fc.boolean(),
    typed: fc.option(fc.record({ user: fc.option(fc.constantFrom(...NAMES).chain(someUser)), policy: somePolicy })),
    lockedUntil: fc.constantFrom(null, null, NOW - 1, NOW, NOW + 1, NOW + 900_000),
    chosen: fc.option(fc.constantFrom(...NAMES, 'nobody')),
    freshAccount: fc.boolean(),
    atPicker: fc.boolean(),
    ceremony: someCeremony,
    resetIsProven: fc.boolean(),
    offeredTo: fc.constantFrom(null, null, null, ...NAMES),
    registrationIsOpen: fc.boolean(),
    prompts: fc.subarray([...PROMPTS]),
    maxAge: fc.option(fc.constantFrom(0, 1_000, 10_000, 1_000_000)),
    createdAgo: fc.constantFrom(0, 1_000, 30_000),
    requiredAssurance: fc.constantFrom(null, null, null, 'aal1', 'aal2', 'phr'),
    organizationId: fc.constantFrom(null, null, HOME, AWAY),
    subject: fc.constantFrom(null, null, 'sub_ann', 'sub_nobody'),
    loginHint: fc.constantFrom(null, null, 'ben@home.test', 'nobody'),
    isForDevice: fc.boolean(),
    isOwn: fc.boolean(),
    consentRequired: fc.boolean(),
    consentGiven: fc.boolean(),
  })
  .map((random) => {
    const { accounts, typed, lockedUntil, chosen, freshAccount, atPicker, consentGiven, consentRequired, ...rest } =
      random
    const {
      trusted: anyTrust,
      isTrusted,
      prompts,
      createdAgo,
      ceremony,
      resetIsProven,
      offeredTo,
      registrationIsOpen,
      ...request
    } = rest
    return facts({
      accounts,
      trusted: isTrusted ? [...anyTrust, ...accounts.map(fittingTrust)] : anyTrust,
      typed: typed && { ...typed, loginName: 'typed@home.test' },
      lockedUntil,
      chosen: chosen && (`ses_${chosen}` as SessionId),
      freshAccount,
      atPicker,
      ceremony,
      resetIsProven,
      passkeyOfferTo: offeredTo && (`usr_${offeredTo}` as UserId),
      registrationIsOpen,
      consent: { given: consentGiven, required: () => consentRequired },
      request: { ...request, prompts: new Set(prompts), createdAt: NOW - createdAgo },
    })
  })
