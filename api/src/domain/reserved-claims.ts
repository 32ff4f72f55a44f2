import type { OrganizationId, ProjectId } from './ids.ts'
import { type Prefix, type ReservedScope, reservedScopes } from './reserved-scopes.ts'

/** What somebody is in one project, and the organization they are of. */
export type RoleGrant = {
  projectId: ProjectId
  roles: readonly string[]
  organizationId: OrganizationId
  primaryDomain: string
}
export type Home = { id: OrganizationId; name: string; primaryDomain: string }
/** The project of the application that asks; null where it is in none. */
export type OwnProject = { id: ProjectId; assertsRoles: boolean } | null

/** The projects whose roles have to be looked up, of those that the token is for. */
export function projectsToSay(scopes: readonly string[], own: OwnProject, audience: readonly string[]): ProjectId[] {
  const asked = reservedScopes(scopes)
  const all = asked.some(({ kind }) => kind === 'all_roles') ? (audience as ProjectId[]) : []
  const isOwnAsked = own && (own.assertsRoles || asked.some(({ kind }) => kind === 'role' || kind === 'all_roles'))
  return [...new Set([...all, ...(isOwnAsked ? [own.id] : [])])]
}

/** What the reserved scopes say of somebody, each under the prefix that asked; roles as ZITADEL writes them. */
export function reservedClaims(
  scopes: readonly string[],
  {
    home,
    own,
    grants,
    metadata,
  }: { home: Home; own: OwnProject; grants: readonly RoleGrant[]; metadata: Readonly<Record<string, string>> },
): Record<string, unknown> {
  const claims: Record<string, unknown> = {}
  const asked = reservedScopes(scopes)
  for (const scope of asked) Object.assign(claims, homeClaims(scope, home), metadataClaim(scope, metadata))
  const within = asked.flatMap((scope) => (scope.kind === 'roles_of' ? [scope.organizationId] : []))
  for (const grant of grants) {
    if (within.length > 0 && !within.includes(grant.organizationId)) continue
    for (const [prefix, roles] of rolesToSay(asked, own, grant)) {
      if (roles.length === 0) continue
      const said = Object.fromEntries(roles.map((role) => [role, { [grant.organizationId]: grant.primaryDomain }]))
      claims[`${prefix}:org:project:${grant.projectId}:roles`] = said
      if (grant.projectId === own?.id) claims[`${prefix}:org:project:roles`] = said
    }
  }
  return claims
}

/** Whether what applications keep about somebody has to be looked up. */
export const asksForMetadata = (scopes: readonly string[]): boolean =>
  reservedScopes(scopes).some(({ kind }) => kind === 'metadata')

/** Values in base64url, as ZITADEL writes them; none where there is nothing. */
function metadataClaim({ kind, prefix }: ReservedScope, metadata: Readonly<Record<string, string>>) {
  const values = Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value).toString('base64url')])
  return kind === 'metadata' && values.length > 0 ? { [`${prefix}:user:metadata`]: Object.fromEntries(values) } : {}
}

function homeClaims(scope: ReservedScope, home: Home): Record<string, unknown> {
  const { prefix } = scope
  if (scope.kind === 'domain')
    return scope.domain === home.primaryDomain ? { [`${prefix}:org:domain:primary:${scope.domain}`]: scope.domain } : {}
  if (scope.kind !== 'resource_owner') return {}
  const place = `${prefix}:user:resourceowner`
  return { [`${place}:id`]: home.id, [`${place}:name`]: home.name, [`${place}:primary_domain`]: home.primaryDomain }
}

/** Which roles under which prefix: all of them where all were asked for or the project says them anyway, else single ones of the own project. */
function rolesToSay(asked: readonly ReservedScope[], own: OwnProject, { projectId, roles }: RoleGrant) {
  const isOwn = projectId === own?.id
  const said = new Map<Prefix, readonly string[]>()
  if (isOwn && own.assertsRoles) said.set('urn:zitadel:iam', roles)
  for (const scope of asked) {
    if (scope.kind === 'all_roles') said.set(scope.prefix, roles)
    if (scope.kind === 'role' && isOwn && said.get(scope.prefix) !== roles)
      said.set(scope.prefix, [...(said.get(scope.prefix) ?? []), ...roles.filter((role) => role === scope.role)])
  }
  return said
}
