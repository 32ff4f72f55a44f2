import type { AccountFacts, LoginFacts } from '../../domain/login/facts.ts'
import type { Check } from '../../domain/session.ts'
import { NOW } from '../login-facts.ts'

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
export function counting(
  { session, policy, factors }: AccountFacts,
  f: LoginFacts,
): { first: Check[]; second: Check[] } {
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
export function isVouchedFor({ user, policy, factors }: AccountFacts, f: LoginFacts): boolean {
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

export const UNPHISHABLE = new Set<string>(['passkey', 'security_key'])
