import { type Factor, SENT_CODES, type SecondFactor, type SecondMethod } from '@vestibule/shared/factors.ts'
import type { Reason } from '@vestibule/shared/login-step.ts'
import { ASSURANCES, type Assurance } from '../auth-request.ts'
import { type Check, isSentCode } from '../session.ts'
import { type Demand, freshChecks, newest } from './checks.ts'
import type { AccountFacts, LoginFacts } from './facts.ts'
import { trustIn, trustLifetime } from './trusted-device.ts'

/** Nobody in the middle can use what these send: the browser names the site that it is meant for. */
const RESISTANT: ReadonlySet<Factor> = new Set(['passkey', 'security_key'])

/** What can be set up on the way in, in the order in which it is offered. */
const ENROLLABLE: readonly SecondFactor[] = ['totp', 'security_key', ...SENT_CODES]

/** Held and allowed. A factor the policy dropped neither satisfies nor is offered. */
const usable = ({ factors, policy }: AccountFacts): SecondFactor[] =>
  factors.second.filter((factor) => policy.secondFactors.includes(factor))

const hasPasskey = ({ policy, factors }: AccountFacts): boolean => policy.allowPasskey && factors.passkeys > 0

/** Everything this person could show as a second factor. */
export function heldMethods(account: AccountFacts): SecondMethod[] {
  return hasPasskey(account) ? ['passkey', ...usable(account)] : usable(account)
}

/** Recovery codes are a way through: never the reason to ask, and no set-up of their own. */
const isOwnReason = (factor: SecondFactor) => factor !== 'recovery_code'

/** What this person could set up now: a code needs somewhere to go. */
export const enrollable = ({ policy, factors }: AccountFacts): SecondFactor[] =>
  ENROLLABLE.filter(
    (factor) => policy.secondFactors.includes(factor) && (!isSentCode(factor) || factors.reachable.includes(factor)),
  )

/** The checks that prove a second factor now. A passkey that verified its user is two factors, one that did not is one. */
export const secondFactorChecks = (account: AccountFacts, demand: Demand): Check[] =>
  freshChecks(account, demand).filter(({ factor, userVerified }) =>
    factor === 'passkey'
      ? hasPasskey(account) && userVerified === true
      : usable(account).some((held) => held === factor),
  )

export const isResistant = ({ factor }: { factor: Factor }): boolean => RESISTANT.has(factor)

/** Of several second proofs the one that can not be phished, then the newest. */
export const bestSecond = (checks: readonly Check[]): Check | null =>
  newest(checks.filter(isResistant)) ?? newest(checks)

/** What two checks amount to. */
export function assuranceOf(first: Check, second: Check | null): Assurance {
  if (!second) return 'aal1'
  return isResistant(first) || isResistant(second) ? 'phr' : 'aal2'
}

export const reaches = (reached: Assurance, wanted: Assurance): boolean =>
  ASSURANCES.indexOf(reached) >= ASSURANCES.indexOf(wanted)

/** Why a second factor is asked for; empty where none is. */
export function reasonsForSecond(account: AccountFacts, { request }: Pick<LoginFacts, 'request'>): Reason[] {
  if (request.requiredAssurance === 'phr') return ['application_asks_for_phishing_resistant']
  if (request.requiredAssurance === 'aal2') return ['application_asks_for_second_factor']
  // every first factor there is was shown here
  if (account.policy.forceSecondFactor !== 'never') return ['organization_requires_second_factor']
  return usable(account).some(isOwnReason) ? ['second_factor_is_set_up'] : []
}

/** Whether this browser need not be asked: nothing more is wanted, and what was shown in it then is still theirs and still allowed. */
export function isTrusted(account: AccountFacts, facts: LoginFacts): boolean {
  const trust = trustLifetime(facts, account.policy) > 0 ? trustIn(facts, account) : null
  if (!trust || !usable(account).includes(trust.factor)) return false
  return trust.credential === null || account.factors.credentials.includes(trust.credential)
}
