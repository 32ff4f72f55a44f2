import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AWAY, NOW } from '../../testing/login-facts.ts'
import { situations } from '../../testing/situations.ts'
import type { UserId } from '../ids.ts'
import type { Check } from '../session.ts'
import type { AccountFacts, LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'
import { permittedActions } from './permitted-actions.ts'
import type { CompletedLogin, LoginStep } from './steps.ts'

const RUNS = { numRuns: 60_000, seed: 20_260_101 }

/** Stated anew on purpose, without any helper of the rules: a mistake there must not hide behind itself. */
function holds(f: LoginFacts): void {
  const step = nextStep(f)
  const { request, accounts } = f

  if (request.prompts.has('none')) expect(['complete', 'reject']).toContain(step.kind)
  if (step.kind === 'register' || step.kind === 'verify_email' || step.kind === 'finish_registration') {
    // asked for, open, and about nobody the application named
    expect(f.ceremony?.kind).toBe('registration')
    expect(f.registrationIsOpen).toBe(true)
    expect(request.subject).toBeNull()
  }
  if (step.kind === 'verify_email') {
    const { form } = step.registration
    expect(form?.way === 'passkey' || form?.passwordHash).toBeTruthy()
  }
  // only whoever proved the address is known to become somebody
  if (step.kind === 'finish_registration')
    expect(step.registration).toMatchObject({ at: 'credential', newcomer: { id: expect.anything() } })
  if (step.kind === 'reset_code' || step.kind === 'new_password') {
    const { ceremony, typed } = f
    const whose = ceremony?.kind === 'reset' && !ceremony.isDone ? ceremony.userId : undefined
    expect(whose, 'nobody gets there who did not ask for it').not.toBeUndefined()
    // for a name, of whom it means or of nobody; never of somebody else
    if (typed) expect([typed.user?.id ?? null, null]).toContain(whose)
    const policies = [...accounts.filter(({ user }) => user.id === whose), ...(typed ? [typed] : [])]
    expect(policies.some(({ policy }) => policy.allowPassword && policy.allowPasswordReset)).toBe(true)
  }
  if (step.kind === 'new_password') {
    expect(f.resetIsProven).toBe(true)
    const { ceremony } = f
    const id = ceremony?.kind === 'reset' ? ceremony.userId : null
    const owners = [...accounts.map(({ user }) => user), ...(f.typed?.user ? [f.typed.user] : [])]
    expect(owners.some((user) => user.id === id && user.state === 'active' && user.organizationActive)).toBe(true)
  }
  if (step.kind === 'change_password') {
    // whoever changes it proved the one before, a moment ago or for this request
    const due = accounts.filter(({ password: secret, session }) => {
      const at = session.checks.find(({ factor }) => factor === 'password')?.at ?? 0
      const isProven = at <= NOW && (NOW - at < 300_000 || at >= request.createdAt)
      const isOld = secret?.maxAge != null && secret.changedAt + secret.maxAge <= NOW
      return isProven && session.endedAt === null && (secret?.mustChange || isOld)
    })
    expect(due.length).toBeGreaterThan(0)
  }
  if (step.kind === 'select_account') {
    expect(step.accounts.length).toBeGreaterThan(0)
    for (const { user } of step.accounts) {
      if (request.organizationId) expect(user.organizationId).toBe(request.organizationId)
      if (request.subject) expect(user.subject).toBe(request.subject)
    }
  }
  if (step.kind === 'offer_passkey') {
    // to whom it was meant for, who was proven a moment ago by all that they hold, and has none
    expect(request.prompts.has('none')).toBe(false)
    const meant = accounts.find(({ user }) => user.id === f.passkeyOfferTo)
    expect(meant).toBeDefined()
    const { user, policy, factors } = meant!
    expect(user).toMatchObject({ state: 'active', organizationActive: true, deletionAt: null })
    expect(policy.allowPasskey).toBe(true)
    expect(factors.passkeys).toBe(0)
    const { first, second } = counting(meant!, f)
    expect(first.some(({ at }) => at >= request.createdAt || NOW - at < 300_000)).toBe(true)
    if (factors.second.some((one) => policy.secondFactors.includes(one))) expect(second.length).toBeGreaterThan(0)
  }
  if (step.kind === 'second_factor' || step.kind === 'enroll_second_factor') secondHolds(f, step)
  if (step.kind === 'recovery_codes') {
    // to their owner alone, who has given the first proof, and the second one where there is one
    const { ceremony } = f
    const owner = accounts.find(({ user }) => ceremony?.kind === 'recovery_codes' && user.id === ceremony.userId)
    expect(owner).toBeDefined()
    const { first, second } = counting(owner!, f)
    expect(first.length).toBeGreaterThan(0)
    const holds = owner!.factors.second.some(
      (one) => one !== 'recovery_code' && owner!.policy.secondFactors.includes(one),
    )
    if (holds) expect(second.length > 0 || isVouchedFor(owner!, f)).toBe(true)
  }
  if (step.kind === 'denied' && step.reason === 'no_second_factor')
    expect(accounts.some(({ policy }) => policy.forceSecondFactor !== 'never')).toBe(true)
  if (step.kind === 'denied' && (step.reason === 'locked' || step.reason === 'deactivated')) {
    // told to nobody who has not proven the account, or the address of it
    const proven = accounts.some(({ session, user }) => {
      const isOut =
        user.state !== 'active' || !user.organizationActive || (user.deletionAt !== null && user.deletionAt <= NOW)
      return session.checks.length > 0 && isOut
    })
    expect(proven || (f.ceremony?.kind === 'reset' && f.resetIsProven)).toBe(true)
  }
  if (step.kind === 'deletion_planned') {
    // told to nobody who has not proven the account, and only where an application asks
    expect(step.deletionAt).toBeGreaterThan(NOW)
    const isTheirs = ({ user, session }: (typeof accounts)[number]) =>
      user.deletionAt === step.deletionAt && session.checks.length > 0
    expect(accounts.some(isTheirs)).toBe(true)
    expect(request.isOwn).toBe(false)
  }
  if (step.kind !== 'complete') return

  const used = accounts.find(({ session }) => session.id === step.sessionId)!
  expect(used.user.id).toBe(step.userId)
  expect(used.user.state).toBe('active')
  expect(used.user.organizationActive).toBe(true)
  if (used.user.deletionAt !== null) {
    expect(request.isOwn).toBe(true)
    expect(used.user.deletionAt).toBeGreaterThan(NOW)
  }
  if (f.ceremony?.kind === 'recovery_codes') expect(f.ceremony.userId).not.toBe(step.userId)
  // a registration that is open ends with an account, and nobody slips past it as somebody else
  if (f.ceremony?.kind === 'registration') expect(f.registrationIsOpen && request.subject === null).toBe(false)
  // nobody passes with a password that has to go
  if (step.factors.includes('password')) {
    expect(used.password?.mustChange ?? false).toBe(false)
    if (used.password?.maxAge != null) expect(used.password.changedAt + used.password.maxAge).toBeGreaterThan(NOW)
  }
  expect(used.session.endedAt).toBeNull()
  expect(used.session.expiresAt).toBeGreaterThan(NOW)
  expect(NOW - used.session.lastUsedAt).toBeLessThan(used.policy.sessionIdleLifetime * 1000)
  assuranceHolds(f, used, step)
  if (request.organizationId) expect(used.user.organizationId).toBe(request.organizationId)
  if (request.subject) expect(used.user.subject).toBe(request.subject)
  // no device is let in without a word
  if (request.isForDevice) expect(f.consent.given).toBe(true)
  if (f.consent.required(used.user) || request.prompts.has('consent')) expect(f.consent.given).toBe(true)
  if (f.typed) expect(f.typed.user?.id).toBe(step.userId)
  else if (f.chosen) expect(step.sessionId).toBe(f.chosen)
  else {
    expect(request.prompts.has('select_account')).toBe(false)
    expect(request.prompts.has('create')).toBe(false)
    expect(f.ceremony?.kind).not.toBe('registration')
    expect(f.freshAccount).toBe(false)
    expect(f.atPicker).toBe(false)
  }
}

/** Seconds a check counts in these situations. */
const LIFETIMES: Record<string, number> = { password: 300, passkey: 200 }
const isRecent = ({ factor, at }: Check, { request }: LoginFacts) => {
  const age = NOW - at
  if (age < 0 || age >= (LIFETIMES[factor] ?? 100) * 1000) return false
  if (request.prompts.has('login') && at < request.createdAt) return false
  if (request.maxAge === null || age < request.maxAge) return true
  return at >= request.createdAt && age < 300_000
}

/** What of the checks of an account counts, as the first proof and as the second one. */
function counting({ session, policy, factors }: AccountFacts, f: LoginFacts): { first: Check[]; second: Check[] } {
  const recent = session.checks.filter(
    (check) => isRecent(check, f) && (!check.credential || factors.credentials.includes(check.credential)),
  )
  const hasPasskey = policy.allowPasskey && factors.passkeys > 0
  return {
    first: recent.filter(
      ({ factor }) => (factor === 'password' && policy.allowPassword) || (factor === 'passkey' && hasPasskey),
    ),
    second: recent.filter((check) =>
      check.factor === 'passkey'
        ? hasPasskey && check.userVerified === true
        : ([...policy.secondFactors] as string[]).includes(check.factor) &&
          ([...factors.second] as string[]).includes(check.factor),
    ),
  }
}

/** Whether this browser was trusted with this person, by what they still hold, and nobody asks for a proof besides. */
function isVouchedFor({ user, policy, factors }: AccountFacts, f: LoginFacts): boolean {
  const { requiredAssurance, maxAge, prompts } = f.request
  if (requiredAssurance === 'aal2' || requiredAssurance === 'phr' || maxAge !== null || prompts.has('login'))
    return false
  return f.trusted.some(
    (one) =>
      one.userId === user.id &&
      one.organizationId === user.organizationId &&
      NOW < one.expiresAt &&
      NOW - one.checkedAt >= 0 &&
      NOW - one.checkedAt < policy.trustedDeviceLifetime * 1000 &&
      policy.secondFactors.includes(one.factor) &&
      factors.second.includes(one.factor) &&
      (one.credential === null || factors.credentials.includes(one.credential)),
  )
}

const isSent = (method: string): method is 'email_code' | 'sms_code' =>
  method.endsWith('_code') && method !== 'recovery_code'
const UNPHISHABLE = new Set<string>(['passkey', 'security_key'])

function secondHolds(f: LoginFacts, step: Extract<LoginStep, { kind: 'second_factor' | 'enroll_second_factor' }>) {
  const { accounts, request } = f
  // there is somebody who gave the first proof, and of whom this may be asked
  const asked = accounts.filter((account) => counting(account, f).first.length > 0)
  const isOfferedTo = ({ policy, factors }: AccountFacts) =>
    step.methods.every((method) =>
      method === 'passkey'
        ? policy.allowPasskey && factors.passkeys > 0
        : policy.secondFactors.includes(method) &&
          factors.second.includes(method) === (step.kind === 'second_factor') &&
          (step.kind === 'second_factor' || !isSent(method) || factors.reachable.includes(method)),
    )
  const isLocked = f.lockedUntil !== null && f.lockedUntil > NOW
  expect(step.methods.length > 0 || (isLocked && step.kind === 'second_factor')).toBe(true)
  const whose = asked.filter(isOfferedTo)
  expect(whose.length).toBeGreaterThan(0)
  if (step.kind === 'second_factor') {
    // nobody is asked who need not be, and trust is offered where it could count
    expect(whose.some((account) => !isVouchedFor(account, f))).toBe(true)
    const wantsProof = f.request.requiredAssurance === 'aal2' || f.request.requiredAssurance === 'phr'
    const isAskedAnew = f.request.maxAge !== null || f.request.prompts.has('login')
    const lifetimes = whose.map(({ policy }) => (wantsProof || isAskedAnew ? 0 : policy.trustedDeviceLifetime))
    expect(lifetimes).toContain(step.trustFor)
    return
  }
  expect(step.methods).not.toContain('recovery_code')
  // nobody adds a factor who holds one and did not show it, nor by a proof of another day
  const isBare = (account: AccountFacts) =>
    counting(account, f).second.length > 0 ||
    (!(account.policy.allowPasskey && account.factors.passkeys > 0) &&
      !account.factors.second.some((one) => account.policy.secondFactors.includes(one)))
  const isThere = (account: AccountFacts) =>
    counting(account, f).first.some(({ at }) => at >= request.createdAt || NOW - at < 300_000)
  expect(whose.some((account) => isBare(account) && isThere(account))).toBe(true)
  if (!step.canSkip) return
  expect(request.requiredAssurance === null || request.requiredAssurance === 'aal1').toBe(true)
  const mayBeOffered = ({ policy, factors: { skippedAt } }: AccountFacts) =>
    policy.forceSecondFactor === 'never' &&
    policy.enrollmentSkipLifetime > 0 &&
    (skippedAt === null || NOW - skippedAt >= policy.enrollmentSkipLifetime * 1000)
  expect(whose.some(mayBeOffered)).toBe(true)
}

function assuranceHolds(f: LoginFacts, used: AccountFacts, step: CompletedLogin) {
  const { requiredAssurance } = f.request
  const { first, second } = counting(used, f)
  expect(first.length, 'nobody proved who they are').toBeGreaterThan(0)
  const isTwo = second.length > 0
  expect(step.hasTwoFactors).toBe(isTwo)
  const isForced = used.policy.forceSecondFactor !== 'never'
  const isTrusted = isVouchedFor(used, f)
  const wantsTwo = requiredAssurance === 'aal2' || requiredAssurance === 'phr'
  expect(isTwo || (!wantsTwo && (!isForced || isTrusted))).toBe(true)
  const hasOwn = used.factors.second.some((one) => one !== 'recovery_code' && used.policy.secondFactors.includes(one))
  expect(isTwo || !hasOwn || isTrusted, 'somebody slipped past their own second factor').toBe(true)
  const at = (factor: string) => [...first, ...second].find((check) => check.factor === factor)?.at
  expect(step.factors.every((factor) => at(factor) !== undefined)).toBe(true)
  expect(step.authTime).toBe(Math.min(...step.factors.map((factor) => at(factor)!)))
  const best = !isTwo ? 'aal1' : step.factors.some((factor) => UNPHISHABLE.has(factor)) ? 'phr' : 'aal2'
  expect(step.assurance).toBe(requiredAssurance ?? best)
  if (requiredAssurance === 'phr') expect(best).toBe('phr')
  // a security key stands beside another proof, never alone
  if (step.factors.includes('security_key')) {
    expect(step.factors).toHaveLength(2)
    expect(used.policy.secondFactors).toContain('security_key')
    expect(used.factors.second).toContain('security_key')
  }
}

test('over random situations no invariant of the login breaks', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(situations, (situation) => {
      holds(situation)
      const { kind } = nextStep(situation)
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
    }),
    RUNS,
  )
  const kinds = [
    'register',
    'verify_email',
    'finish_registration',
    'reset_code',
    'new_password',
    'change_password',
    'select_account',
    'identify',
    'first_factor',
    'offer_passkey',
    'second_factor',
    'enroll_second_factor',
    'recovery_codes',
    'denied',
    'deletion_planned',
    'confirm_device',
    'consent',
    'complete',
    'reject',
  ]
  expect([...seen.keys()].toSorted()).toEqual(kinds.toSorted())
})

test('a name nobody has and somebody who may not finish look like everybody else', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      if (!situation.typed) return
      // nothing is ever proven for a name nobody has, so what was asked for is compared
      const asked = (userId: UserId | null) =>
        situation.ceremony?.kind === 'reset' ? { ...situation.ceremony, userId } : situation.ceremony
      const unasked = { ...situation, resetIsProven: false }
      const unknown = { ...unasked, ceremony: asked(null), typed: { ...situation.typed, user: null } }
      const stranger = {
        id: 'usr_new' as never,
        subject: 'sub_new',
        organizationId: 'org_home' as never,
        state: 'active',
        organizationActive: true,
        deletionAt: null,
      } as const
      const isSeen = situation.request.organizationId !== AWAY && situation.request.subject === null
      const known = {
        ...unasked,
        ceremony: asked(isSeen ? stranger.id : null),
        typed: { ...situation.typed, user: stranger },
      }
      expect(nextStep(known)).toEqual(nextStep(unknown))
    }),
    { ...RUNS, numRuns: 20_000 },
  )
})

test('a lock after failures takes the password away, and nothing from anybody who needs no guess', () => {
  let locked = 0
  fc.assert(
    fc.property(situations, (situation) => {
      const isLocked = situation.lockedUntil !== null && situation.lockedUntil > NOW
      const [step, open] = [nextStep(situation), nextStep({ ...situation, lockedUntil: null })]
      const closes = isLocked && (open.kind === 'first_factor' || open.kind === 'second_factor')
      if (closes) locked++
      const stays = (method: string) => UNPHISHABLE.has(method)
      const methods = 'methods' in open ? open.methods.filter(stays) : []
      expect(step).toEqual(closes ? { ...open, methods, lockedUntil: situation.lockedUntil } : open)
    }),
    { ...RUNS, numRuns: 20_000 },
  )
  expect(locked).toBeGreaterThan(1_000)
})

/** Somebody has just typed the password, for an application that asks for nothing special. */
function withPassword(situation: LoginFacts): LoginFacts {
  const [first, ...others] = situation.accounts
  if (!first) return situation
  const { session, policy } = first
  const checks: Check[] = [
    { factor: 'password', at: NOW },
    ...session.checks.filter((one) => one.factor !== 'password'),
  ]
  const live = { ...session, checks, lastUsedAt: NOW, expiresAt: NOW + 1, endedAt: null }
  const plain = {
    maxAge: null,
    requiredAssurance: null,
    organizationId: null,
    subject: null,
    prompts: new Set<never>(),
  }
  return {
    ...situation,
    accounts: [{ ...first, session: live, policy: { ...policy, allowPassword: true } }, ...others],
    typed: null,
    ceremony: null,
    chosen: session.id,
    request: { ...situation.request, ...plain },
  }
}

test('a trusted browser takes the question for a second factor away, and nothing else', () => {
  let spared = 0
  fc.assert(
    fc.property(fc.oneof(situations, situations.map(withPassword)), (situation) => {
      const [step, distrusted] = [nextStep(situation), nextStep({ ...situation, trusted: [] })]
      if (isDeepStrictEqual(step, distrusted)) return
      spared++
      const isSilent = situation.request.prompts.has('none')
      expect(distrusted).toMatchObject(isSilent ? { error: 'login_required' } : { kind: 'second_factor' })
      expect(['first_factor', 'second_factor', 'enroll_second_factor']).not.toContain(step.kind)
      expect(situation.accounts.some((account) => isVouchedFor(account, situation))).toBe(true)
    }),
    { ...RUNS, numRuns: 20_000 },
  )
  expect(spared).toBeGreaterThan(100)
})

test('only a step that is complete can be finished with a code', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { kind } = nextStep(situation)
      const finishes = permittedActions(kind).includes('finish')
      expect(finishes).toBe(kind === 'complete' || kind === 'reject')
    }),
    { ...RUNS, numRuns: 5_000 },
  )
})
