import type { Deps, KnownApplication } from '../../deps.ts'
import { isManagementScope } from '../../domain/machine-scopes.ts'
import { askedScope } from '../authorize/scope.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

/**
 * What a machine gets of what it asks for: everything that is known but access while it is away, which it has anyway. It belongs to one
 * organization and can not ask to act in another.
 * @throws OAuthError invalid_scope
 */
export async function machineScopes(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
): Promise<string[]> {
  const { scopes, organizationId } = await askedScope(deps, parameters, application)
  if (organizationId !== null && organizationId !== application.organizationId)
    throw new OAuthError(
      'invalid_scope',
      'this is not its organization',
      finding('scope', 'not_allowed', { got: organizationId }),
    )
  const asked = (parameters.get('scope') ?? '').split(' ')
  // only a service user has roles of its own: nobody hands theirs to an application
  const management = application.serviceUserId === null ? [] : [...new Set(asked.filter(isManagementScope))]
  return [...scopes.filter((scope) => scope !== 'offline_access'), ...management]
}
