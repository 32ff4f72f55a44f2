import type { Deps, LiveGrant } from '../deps.ts'
import type { Application } from '../domain/application.ts'
import { audienceOfScopes } from '../domain/machine-scopes.ts'
import { OAuthError } from './oauth-error.ts'
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
    throw new OAuthError('invalid_target', 'no such resource')
  return resource
}

/** Whom access tokens of this grant are for; null for the application alone. */
export function audienceOf(
  { resource, scopes, issuer }: Pick<LiveGrant, 'resource' | 'scopes' | 'issuer'>,
  { clientId }: Application,
): string[] | null {
  const audience = audienceOfScopes(scopes, { issuer, clientId })
  return resource === null ? audience : [resource, ...(audience ?? []).filter((name) => name !== clientId)]
}

/** A token request may name what was granted, and nothing else (RFC 8707 2.2). */
export const isOfGrant = ({ resource }: LiveGrant, parameters: Parameters): boolean =>
  [null, resource].includes(parameters.get('resource'))
export const otherResource = () => new OAuthError('invalid_target', 'this resource was not granted')
