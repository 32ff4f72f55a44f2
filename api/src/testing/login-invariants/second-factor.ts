import { expect } from 'vitest'
import type { AccountFacts, LoginFacts } from '../../domain/login/facts.ts'
import type { LoginStep } from '../../domain/login/steps.ts'
import { NOW } from '../login-facts.ts'
import { counting, isVouchedFor } from './proofs.ts'

const isSent = (method: string): method is 'email_code' | 'sms_code' =>
  method.endsWith('_code') && method !== 'recovery_code'

/** Of a step that asks for a second factor, or for the set-up of one. */
export function secondHolds(
  f: LoginFacts,
  step: Extract<LoginStep, { kind: 'second_factor' | 'enroll_second_factor' }>,
) {
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
