import { DEFAULT_LOOK, type Look } from '@vestibule/shared/branding.ts'
import { DEFAULT_LOGIN_POLICY, type LinksPolicy, type LoginPolicy } from '@vestibule/shared/policy.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Change, PolicyKind } from './change.ts'
import { differencesOf } from './difference.ts'
import { policyKey, type State } from './state.ts'

type Owner = { primaryDomain: string | null; owner: OrganizationId | 'instance' | null }
type Wanted = {
  branding?: Look | undefined
  policies?: { login?: LoginPolicy | undefined; links?: LinksPolicy | undefined } | undefined
}

const DEFAULTS: Record<PolicyKind, object> = { branding: DEFAULT_LOOK, login: DEFAULT_LOGIN_POLICY, links: {} }

/** A policy is owned whole: its value replaces the one before. What an owner has by inheritance is not its own. */
export function planPolicies(
  state: State,
  { primaryDomain, owner }: Owner,
  { branding, policies = {} }: Wanted,
): Change[] {
  const wanted: [PolicyKind, object | undefined][] = [
    ['branding', branding],
    ['login', policies.login],
    ['links', policies.links],
  ]
  return wanted.flatMap(([policy, value]): Change[] => {
    if (value === undefined) return []
    const stored = owner === null ? undefined : state.policies.get(policyKey(owner, policy))
    if (stored === undefined)
      return [{ kind: 'set_policy', primaryDomain, policy, value, isNew: true, differences: [] }]
    // members that the row does not know yet have their default
    const differences = differencesOf({ ...DEFAULTS[policy], ...stored }, value)
    return differences.length === 0
      ? []
      : [{ kind: 'set_policy', primaryDomain, policy, value, isNew: false, differences }]
  })
}
