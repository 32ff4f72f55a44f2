import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { type Check, type Factor, isLive } from '../session.ts'
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
  if (check.at > now || check.at + lifetimeOf(check.factor, policy) <= now) return false
  if (!request) return true
  const madeForThisRequest = check.at >= request.createdAt
  if (request.prompts.has('login') && !madeForThisRequest) return false
  if (request.maxAge === null) return true
  return now - check.at < (madeForThisRequest ? Math.max(request.maxAge, CEREMONY) : request.maxAge)
}

function lifetimeOf(factor: Factor, policy: LoginPolicy): number {
  switch (factor) {
    case 'password':
      return policy.passwordCheckLifetime * 1000
  }
}

const isAllowed = (factor: Factor, policy: LoginPolicy): boolean => {
  switch (factor) {
    case 'password':
      return policy.allowPassword
  }
}

/** What is known or short can be guessed: a lock after failures closes this, and nothing else. */
export const isGuessable = (factor: Factor): boolean => {
  switch (factor) {
    case 'password':
      return true
  }
}

/** A check of this very request, or one that is hardly older: who made it is still there. */
export const isYoung = (check: Check, { now, request }: Required<Demand>): boolean =>
  check.at >= request.createdAt || now - check.at < CEREMONY

/** The check that proves the first factor of this account now, or null. A dead session proves nothing. */
export function firstFactorCheck({ session, policy }: AccountFacts, demand: Demand): Check | null {
  if (!isLive(session, policy, demand.now)) return null
  return session.checks.find((check) => isAllowed(check.factor, policy) && isFresh(check, policy, demand)) ?? null
}
