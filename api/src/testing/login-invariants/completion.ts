import { expect } from 'vitest'
import type { AccountFacts, LoginFacts } from '../../domain/login/facts.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { NOW } from '../login-facts.ts'
import { counting, isVouchedFor, UNPHISHABLE } from './proofs.ts'

/** Of a login that is complete. */
export function completionHolds(f: LoginFacts, step: CompletedLogin): void {
  const { request, accounts } = f
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
