import type { Demand } from './checks.ts'
import type { AccountFacts } from './facts.ts'
import { heldMethods, secondFactorChecks } from './second-factor.ts'

/**
 * Whether a browser may make this account a passkey by itself, right after its password was accepted and nothing more was wanted: only the
 * first one, where the policy lets it, and only of somebody who showed all that they hold. That a browser was trusted shows nothing.
 */
export function mayUpgrade(account: AccountFacts, demand: Demand): boolean {
  const { policy, factors, user } = account
  if (!policy.allowPasskey || !policy.upgradesToPasskey || factors.passkeys > 0) return false
  if (user.state !== 'active' || !user.organizationActive || user.deletionAt !== null) return false
  return heldMethods(account).length === 0 || secondFactorChecks(account, demand).length > 0
}
