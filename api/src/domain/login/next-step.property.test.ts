import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AWAY, NOW, situations } from '../../testing/situations.ts'
import type { UserId } from '../ids.ts'
import type { LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'
import { permittedActions } from './permitted-actions.ts'

const RUNS = { numRuns: 60_000, seed: 20_260_101 }

/** Stated anew on purpose, without any helper of the rules: a mistake there must not hide behind itself. */
function holds(f: LoginFacts): void {
  const step = nextStep(f)
  const { request, accounts } = f

  if (request.prompts.has('none')) expect(['complete', 'reject']).toContain(step.kind)
  if (request.requiredAssurance === 'aal2') expect(step.kind).toBe('reject')
  if (step.kind === 'register' || step.kind === 'verify_email') {
    // asked for, open, and about nobody the application named
    expect(f.ceremony?.kind).toBe('registration')
    expect(f.registrationIsOpen).toBe(true)
    expect(request.subject).toBeNull()
  }
  if (step.kind === 'verify_email') expect(step.registration.form?.passwordHash).toBeTruthy()
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
      const at = session.checks[0]?.at ?? 0
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
  if (step.kind === 'denied' && step.reason !== 'no_first_factor') {
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
  const [check] = used.session.checks
  expect(used.user.id).toBe(step.userId)
  expect(used.user.state).toBe('active')
  expect(used.user.organizationActive).toBe(true)
  if (used.user.deletionAt !== null) {
    expect(request.isOwn).toBe(true)
    expect(used.user.deletionAt).toBeGreaterThan(NOW)
  }
  expect(used.policy.allowPassword).toBe(true)
  // a registration that is open ends with an account, and nobody slips past it as somebody else
  if (f.ceremony?.kind === 'registration') expect(f.registrationIsOpen && request.subject === null).toBe(false)
  // nobody passes with a password that has to go
  expect(used.password?.mustChange ?? false).toBe(false)
  if (used.password?.maxAge != null) expect(used.password.changedAt + used.password.maxAge).toBeGreaterThan(NOW)
  expect(used.session.endedAt).toBeNull()
  expect(used.session.expiresAt).toBeGreaterThan(NOW)
  expect(NOW - used.session.lastUsedAt).toBeLessThan(used.policy.sessionIdleLifetime * 1000)
  expect(check!.at).toBeLessThanOrEqual(NOW)
  expect(NOW - check!.at).toBeLessThan(used.policy.passwordCheckLifetime * 1000)
  expect(step.authTime).toBe(check!.at)
  expect(step.assurance).toBe('aal1')
  if (request.prompts.has('login')) expect(check!.at).toBeGreaterThanOrEqual(request.createdAt)
  if (request.maxAge !== null && check!.at < request.createdAt) expect(NOW - check!.at).toBeLessThan(request.maxAge)
  if (request.maxAge !== null) expect(NOW - check!.at).toBeLessThan(Math.max(request.maxAge, 300_000))
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
    'reset_code',
    'new_password',
    'change_password',
    'select_account',
    'identify',
    'first_factor',
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
      const closes = isLocked && open.kind === 'first_factor'
      if (closes) locked++
      expect(step).toEqual(closes ? { ...open, methods: [], lockedUntil: situation.lockedUntil } : open)
    }),
    { ...RUNS, numRuns: 20_000 },
  )
  expect(locked).toBeGreaterThan(1_000)
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
