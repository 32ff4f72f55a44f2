import type { Factor } from '@vestibule/shared/factors.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { type Check, isLive } from '../session.ts'
import type { AccountFacts, LoginFacts } from './facts.ts'

/**
 * A check made for this very request counts at least this long, so that `max_age=0` does not ask again while the person reads the
 * consent screen. Milliseconds.
 */
const CEREMONY = 300_000

/** What freshness is measured against; without a request only the policy counts. */
export type Demand = { now: number; request?: Pick<LoginFacts['request'], 'createdAt' | 'prompts' | 'maxAge'> }

/** The one predicate of freshness: the policy's lifetime of that factor, prompt=login, max_age. */
function isFresh(check: Check, policy: LoginPolicy, { now, request }: Demand): boolean {
  if (check.at > now || check.at + lifetimeOf(check.factor, policy) * 1000 <= now) return false
  if (!request) return true
  const madeForThisRequest = check.at >= request.createdAt
  if (request.prompts.has('login') && !madeForThisRequest) return false
  if (request.maxAge === null) return true
  return now - check.at < (madeForThisRequest ? Math.max(request.maxAge, CEREMONY) : request.maxAge)
}

/** Seconds. */
function lifetimeOf(factor: Factor, policy: LoginPolicy): number {
  switch (factor) {
    case 'password':
      return policy.passwordCheckLifetime
    case 'passkey':
      return policy.passkeyCheckLifetime
    default:
      return policy.secondFactorCheckLifetime
  }
}

/** Whether a factor opens anything by itself: it is allowed, and a passkey is still there. */
function isFirst(factor: Factor, { policy, factors }: AccountFacts): boolean {
  switch (factor) {
    case 'password':
      return policy.allowPassword
    case 'passkey':
      return policy.allowPasskey && factors.passkeys > 0
    default:
      return false
  }
}

/** What is known or short can be guessed: a lock after failures closes this, and nothing else. */
export const isGuessable = (factor: Factor): boolean => factor !== 'passkey' && factor !== 'security_key'

/** A check of this very request, or one that is hardly older: who made it is still there. */
export const isYoung = (check: Check, { now, request }: Required<Demand>): boolean =>
  check.at >= request.createdAt || now - check.at < CEREMONY

/** The checks of an account that count now. A dead session proves nothing, nor does what was shown and is gone. */
export function freshChecks({ session, policy, factors }: AccountFacts, demand: Demand): Check[] {
  if (!isLive(session, policy, demand.now)) return []
  const isHeld = ({ credential }: Check) => credential === undefined || factors.credentials.includes(credential)
  return session.checks.filter((check) => isHeld(check) && isFresh(check, policy, demand))
}

/** The newest check that proves the first factor of this account now, or null. */
export const firstFactorCheck = (account: AccountFacts, demand: Demand): Check | null =>
  newest(freshChecks(account, demand).filter(({ factor }) => isFirst(factor, account)))

export const newest = (checks: readonly Check[]): Check | null => checks.toSorted((a, b) => b.at - a.at)[0] ?? null
