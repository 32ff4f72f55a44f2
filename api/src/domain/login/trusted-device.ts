import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { CredentialId, OrganizationId, TrustedDeviceId, UserId } from '../ids.ts'
import type { LoginFacts, UserFacts } from './facts.ts'

/** Somebody said, beside a second proof in a browser, that it need not be asked for there again for a while. */
export type TrustedDevice = {
  id: TrustedDeviceId
  userId: UserId
  organizationId: OrganizationId
  /** What was shown, and when (milliseconds). A code that is sent has no credential of its own. */
  factor: SecondFactor
  credential: CredentialId | null
  checkedAt: number
  expiresAt: number
}

/** A recovery code stands for what was lost. It says nothing of the days to come. */
export const mayVouch = (factor: SecondFactor): boolean => factor !== 'recovery_code'

/**
 * For how long, in seconds, this request lets a browser be trusted; 0 for not at all. Trust is no proof: whoever asks for two of them, or
 * for one that was made just now, gets what they ask for.
 */
export const trustLifetime = ({ request }: Pick<LoginFacts, 'request'>, policy: LoginPolicy): number =>
  asksForMore(request) ? 0 : policy.trustedDeviceLifetime

const asksForMore = ({ requiredAssurance, maxAge, prompts }: LoginFacts['request']): boolean =>
  requiredAssurance === 'aal2' || requiredAssurance === 'phr' || maxAge !== null || prompts.has('login')

/** A policy that became shorter counts at once; one that became longer lengthens nothing. */
export const endOf = ({ checkedAt, expiresAt }: TrustedDevice, policy: LoginPolicy): number =>
  Math.min(expiresAt, checkedAt + policy.trustedDeviceLifetime * 1000)

type Person = { user: UserFacts | null; policy: LoginPolicy }

/** That this browser is trusted with somebody now, whatever is asked for. */
export function trustIn({ trusted, now }: Pick<LoginFacts, 'trusted' | 'now'>, { user, policy }: Person) {
  const lasts = (one: TrustedDevice) => one.checkedAt <= now && now < endOf(one, policy)
  const isTheirs = ({ userId, organizationId }: TrustedDevice) =>
    userId === user?.id && organizationId === user.organizationId
  return trusted.find((one) => isTheirs(one) && lasts(one)) ?? null
}
