import type { Deps } from '../../deps.ts'
import type { Application } from '../../domain/application.ts'
import { SCOPES } from '../../domain/claims.ts'
import type { OrganizationId, ProjectId } from '../../domain/ids.ts'
import { isManagementScope } from '../../domain/machine-scopes.ts'
import { askedProjects, reservedScope } from '../../domain/reserved-scopes.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

const MOST_SCOPES = 100
/** RFC 6749 3.3. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Both prefixes are one namespace, so that an application written for the other one moves over unchanged. */
const ORGANIZATION_ID = /^urn:(?:zitadel:iam|vestibule):org:id:(.+)$/
const ORGANIZATION_DOMAIN = /^urn:(?:zitadel:iam|vestibule):org:domain:primary:(.+)$/
const IDENTITY_PROVIDER_ID = /^urn:(?:zitadel:iam|vestibule):org:idp:id:(.*)$/

const refused = (description: string, what: Finding) => new OAuthError('invalid_scope', description, what)

export type AskedScope = { scopes: string[]; organizationId: OrganizationId | null }

/** What is granted of what was asked, and the organization it names, or whose login domain this is. Unknown scopes are ignored. @throws OAuthError invalid_scope */
export async function askedScope(deps: Deps, parameters: Parameters, application: Application): Promise<AskedScope> {
  const text = parameters.get('scope') ?? ''
  const asked = text.split(' ').filter(Boolean)
  if (asked.length > MOST_SCOPES)
    throw refused(
      'too many scopes',
      finding('scope', 'too_long', { expected: `${MOST_SCOPES}`, got: `${asked.length}` }),
    )
  if (asked.some((scope) => !SCOPE_TOKEN.test(scope)))
    throw refused('a scope holds an illegal character', finding('scope', 'malformed'))
  mayGoStraightTo(captured(asked, IDENTITY_PROVIDER_ID))
  const mayRefresh = application.grantTypes.includes('refresh_token')
  const scopes: string[] = SCOPES.filter((scope) => asked.includes(scope) && (scope !== 'offline_access' || mayRefresh))
  // what is only ours to know is looked up where something of it is asked for
  if (asked.every((scope) => !scope.startsWith('urn:'))) return { scopes, organizationId: deps.home }
  const reserved = await knownReserved(deps, asked)
  return { scopes: [...scopes, ...reserved], organizationId: await askedOrganization(deps, asked) }
}

/** Those with a meaning here. Our own management API is for service users alone: nobody hands their roles to an application. */
async function knownReserved({ repositories }: Deps, asked: readonly string[]): Promise<string[]> {
  const projects = askedProjects(asked) as ProjectId[]
  const known = projects.length > 0 ? await repositories.projects.list(projects) : []
  const isKnown = (scope: string) => {
    const meaning = isManagementScope(scope) ? null : reservedScope(scope)
    return meaning !== null && (meaning.kind !== 'audience' || known.some(({ id }) => id === meaning.projectId))
  }
  return [...new Set(asked.filter(isKnown))]
}

/** The identity providers that an organization allows are those it has: nobody has one. */
function mayGoStraightTo([id]: readonly string[]): void {
  if (id !== undefined) throw refused('no such identity provider', finding('scope', 'unknown', { got: id }))
}

/**
 * The id wins over the domain; an unknown, inactive or ambiguous target never falls back to the default organization. At a login domain its
 * organization is the one that is asked for, and there is no other.
 */
async function askedOrganization(deps: Deps, asked: readonly string[]): Promise<OrganizationId | null> {
  const ids = captured(asked, ORGANIZATION_ID)
  const domains = captured(asked, ORGANIZATION_DOMAIN)
  if (ids.length === 0 && domains.length === 0) return deps.home
  if (ids.length > 1 || (ids.length === 0 && domains.length > 1))
    throw refused('more than one organization was asked for', finding('scope', 'repeated', { got: 'organization' }))
  const { organizations } = deps.repositories
  const found = ids[0]
    ? await organizations.find(ids[0] as OrganizationId)
    : await organizations.findActiveByPrimaryDomain(domains[0]!.toLowerCase())
  if (found?.state !== 'active' || (deps.home !== null && found.id !== deps.home))
    throw refused('no such organization', finding('scope', 'unknown', { got: ids[0] ?? domains[0]! }))
  return found.id
}

const captured = (scopes: readonly string[], pattern: RegExp): string[] => [
  ...new Set(scopes.map((scope) => pattern.exec(scope)?.[1]).filter((value) => value !== undefined)),
]
