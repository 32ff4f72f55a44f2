import { type Factor, FIRST_FACTORS } from '@vestibule/shared/factors.ts'
import type { Reason } from '@vestibule/shared/login-step.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { firstFactorCheck, isGuessable, isYoung } from '../checks.ts'
import type { AccountFacts, LoginFacts } from '../facts.ts'
import type { LoginStep, RejectError } from '../steps.ts'

export const mayReset = (policy: LoginPolicy): boolean => policy.allowPassword && policy.allowPasswordReset

export function askForFactor(facts: LoginFacts, policy: LoginPolicy, reasons: Reason[], error: RejectError): LoginStep {
  // whether the person has any of them is not said: a name nobody has is asked for them too
  const methods = FIRST_FACTORS.filter((factor) => (factor === 'passkey' ? policy.allowPasskey : policy.allowPassword))
  if (methods.length === 0) return { kind: 'denied', reason: 'no_first_factor', reasons: [], error }
  return { kind: 'first_factor', ...openTo(methods, facts), canReset: mayReset(policy), reasons, error }
}

/** A lock after failures closes what can be guessed. Everything else stays open, or whoever knows a name could shut its owner out. */
export function openTo<Method extends Factor>(methods: Method[], { lockedUntil, now }: LoginFacts) {
  if (lockedUntil === null || lockedUntil <= now) return { methods, lockedUntil: null }
  return { methods: methods.filter((factor) => !isGuessable(factor)), lockedUntil }
}

export function firstIsYoung(facts: LoginFacts, account: AccountFacts): boolean {
  const first = firstFactorCheck(account, facts)
  return first !== null && isYoung(first, facts)
}
