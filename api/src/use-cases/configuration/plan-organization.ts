import type { Configuration, OrganizationConfiguration } from '@vestibule/shared/configuration.ts'
import { loginOrigin } from '../../domain/login-domain.ts'
import type { Change } from './change.ts'
import { differencesOf } from './difference.ts'
import type { Fault } from './fault.ts'
import type { Place } from './place.ts'
import type { Plan } from './plan.ts'
import type { State } from './state.ts'

/** The organization itself with its domains. `defaultDomain` is the one that will be the default when all is done. */
export function planOrganization(
  state: State,
  { path, primaryDomain, owner }: Place,
  { name, state: wanted, domains = [], loginDomain }: OrganizationConfiguration,
  defaultDomain: string | null,
): Plan {
  const faults: Fault[] = []
  const changes: Change[] = []
  const stored = state.organizations.get(primaryDomain)
  if (!stored)
    changes.push({
      kind: 'create_organization',
      primaryDomain,
      name,
      state: wanted ?? 'active',
      loginDomain: loginDomain ?? null,
    })
  if (!stored && state.domains.has(primaryDomain))
    faults.push({ path: `${path}.primaryDomain`, message: 'belongs to another organization.' })

  const values = { name, ...(wanted && { state: wanted }), ...(loginDomain !== undefined && { loginDomain }) }
  const before = stored && { name: stored.name, state: stored.state, loginDomain: stored.loginDomain }
  const differences = before ? differencesOf(before, { ...before, ...values }) : []
  if (differences.length > 0) changes.push({ kind: 'change_organization', primaryDomain, values, differences })
  if (primaryDomain === defaultDomain && (wanted ?? stored?.state) === 'deactivated')
    faults.push({ path: `${path}.state`, message: 'must be active: it is the default organization.' })

  const message = loginDomain ? loginDomainFault(state, owner, loginDomain) : null
  if (message !== null) faults.push({ path: `${path}.loginDomain`, message })

  for (const domain of new Set(domains)) {
    const known = state.domains.get(domain)
    if (known === undefined && domain !== primaryDomain) changes.push({ kind: 'add_domain', primaryDomain, domain })
    if (known !== undefined && known !== owner)
      faults.push({ path: `${path}.domains[${domains.indexOf(domain)}]`, message: 'belongs to another organization.' })
  }
  return { changes, faults }
}

function loginDomainFault({ loginDomains, publicOrigin }: State, owner: Place['owner'], domain: string): string | null {
  const holder = loginDomains.get(domain)
  if (holder !== undefined && holder !== owner) return 'is the login domain of another organization.'
  if (loginOrigin(domain, publicOrigin) !== null) return null
  const names = publicOrigin.startsWith('http:')
    ? 'a name that ends in .localhost, as PUBLIC_URL is http'
    : 'a host name'
  return `must be ${names}, and not the one of PUBLIC_URL.`
}

/** The one that is marked, or else the one there is, or else the first of the file: an instance is not without. */
export function defaultOf({ defaultOrganization }: State, { organizations }: Configuration): string | null {
  const marked = organizations.find((organization) => organization.default)
  return marked?.primaryDomain ?? defaultOrganization?.primaryDomain ?? organizations[0]?.primaryDomain ?? null
}

export function planDefault(state: State, configuration: Configuration): Change[] {
  const before = state.defaultOrganization?.primaryDomain ?? null
  const primaryDomain = defaultOf(state, configuration)
  return primaryDomain === null || primaryDomain === before ? [] : [{ kind: 'set_default', primaryDomain, before }]
}
