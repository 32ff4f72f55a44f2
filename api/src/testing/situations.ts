import { SECOND_FACTORS, SENT_CODES } from '@vestibule/shared/factors.ts'
import { DEFAULT_LOGIN_POLICY, FORCED } from '@vestibule/shared/policy.ts'
import fc from 'fast-check'
import { PROMPTS } from '../domain/auth-request.ts'
import type { Ceremony } from '../domain/ceremony.ts'
import type { CredentialId, SessionId, UserId } from '../domain/ids.ts'
import type { AccountFacts, HeldFactors, LoginFacts, UserFacts } from '../domain/login/facts.ts'
import type { TrustedDevice } from '../domain/login/trusted-device.ts'
import type { Check } from '../domain/session.ts'

import { AWAY, account, facts, HOME, NOW, newCodes, password, registration, reset, trusted } from './login-facts.ts'

/** Random situations for the tests of the engine. */
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
    isAtHome: fc.boolean(),
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
