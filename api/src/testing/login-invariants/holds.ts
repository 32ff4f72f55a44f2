import { expect } from 'vitest'
import type { LoginFacts } from '../../domain/login/facts.ts'
import { nextStep } from '../../domain/login/next-step.ts'
import { NOW } from '../login-facts.ts'
import { completionHolds } from './completion.ts'
import { counting, isVouchedFor } from './proofs.ts'
import { secondHolds } from './second-factor.ts'

/** Stated anew on purpose, without any helper of the rules: a mistake there must not hide behind itself. */
export function holds(f: LoginFacts): void {
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
  if (step.kind === 'complete') completionHolds(f, step)
}
