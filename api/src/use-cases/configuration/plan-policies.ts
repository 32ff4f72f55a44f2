import type { Look } from '@vestibule/shared/branding.ts'
import type { OrganizationConfiguration } from '@vestibule/shared/configuration.ts'
import { defaultPolicy, POLICY_KINDS, type PolicyKind } from '@vestibule/shared/policies.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Change } from './change.ts'
import { differencesOf } from './difference.ts'
import { policyKey, type State } from './state.ts'

type Owner = { primaryDomain: string | null; owner: OrganizationId | 'instance' | null }
type Wanted = {
  branding?: Look | undefined
  policies?: OrganizationConfiguration['policies']
}

/** A policy is owned whole: its value replaces the one before. What an owner has by inheritance is not its own. */
export function planPolicies(
  state: State,
  { primaryDomain, owner }: Owner,
  { branding, policies = {} }: Wanted,
): Change[] {
  const wanted: Partial<Record<PolicyKind, object | undefined>> = { branding, ...policies }
  return POLICY_KINDS.flatMap((policy): Change[] => {
    const value = wanted[policy]
    if (value === undefined) return []
    const stored = owner === null ? undefined : state.policies.get(policyKey(owner, policy))
    if (stored === undefined)
      return [{ kind: 'set_policy', primaryDomain, policy, value, isNew: true, differences: [] }]
    // members that the row does not know yet have their default
    const differences = differencesOf({ ...defaultPolicy(policy), ...stored }, value)
    return differences.length === 0
      ? []
      : [{ kind: 'set_policy', primaryDomain, policy, value, isNew: false, differences }]
  })
}
