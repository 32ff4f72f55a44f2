import type { Deps, Executor, LiveGrant } from '../deps.ts'
import type { Application } from '../domain/application.ts'
import type { ProjectId } from '../domain/ids.ts'
import { isManagementScope, managementAudience } from '../domain/machine-scopes.ts'
import { askedProjects } from '../domain/reserved-scopes.ts'
import { finding, OAuthError } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'

/** RFC 8707 2: absolute, and without a fragment. */
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:[^#]+$/i

/**
 * The API that tokens are asked for (RFC 8707 2): one of the same organization, by a URI that it is registered with. Null where none is named.
 * @throws OAuthError invalid_target
 */
export async function askedResource(
  { repositories }: Deps,
  { organizationId }: Application,
  parameters: Parameters,
): Promise<string | null> {
  const resource = parameters.get('resource')
  if (resource === null) return null
  const apis = ABSOLUTE.test(resource) ? await repositories.applications.listApis(organizationId) : []
  if (!apis.some(({ settings }) => settings.resources.includes(resource)))
    throw new OAuthError('invalid_target', 'no such resource', finding('resource', 'unknown', { got: resource }))
  return resource
}

type About = Pick<LiveGrant, 'resource' | 'scopes' | 'issuer' | 'organizationId'>

/**
 * Whom access tokens are for: the API that was asked for, or the application with its project; and the projects that the scopes name, where
 * people of this organization may use them. Null for the second and nobody else.
 */
export async function audienceOf(
  { repositories }: Deps,
  { resource, scopes, issuer, organizationId }: About,
  application: Application,
  tx?: Executor,
): Promise<string[] | null> {
  const asked = askedProjects(scopes) as ProjectId[]
  const projects = asked.length > 0 ? await repositories.projects.listPermitted(asked, organizationId, tx) : []
  const management = scopes.some(isManagementScope) ? [managementAudience(issuer)] : []
  if (resource === null && projects.length + management.length === 0) return null
  return [...new Set([...(resource === null ? usualAudience(application) : [resource]), ...projects, ...management])]
}

/** The application and its project. */
export const usualAudience = ({ clientId, projectId }: Pick<Application, 'clientId' | 'projectId'>): string[] =>
  projectId === null ? [clientId] : [clientId, projectId]

/** A token request may name what was granted, and nothing else (RFC 8707 2.2). */
export const isOfGrant = ({ resource }: LiveGrant, parameters: Parameters): boolean =>
  [null, resource].includes(parameters.get('resource'))
export const otherResource = () =>
  new OAuthError('invalid_target', 'this resource was not granted', finding('resource', 'mismatch'))
