import type { Deps } from '../deps.ts'
import { isManagementScope, managementAudience } from '../domain/machine-scopes.ts'
import type { AccessTokenKey } from '../use-cases/grants/find-access-token.ts'
import { OAuthError } from './oauth-error.ts'
import { type Presented, presentedToken } from './presented-token.ts'

/**
 * An access token at our own management API: one that was asked for it, by its scope and in its audience. That is a service user's, because
 * nobody else is given that scope. Out: what it is found by; whoever uses it looks again in the transaction of the change.
 * @throws OAuthError insufficient_scope, and what presentedToken throws
 */
export async function managementToken(deps: Deps, presented: Presented): Promise<{ token: AccessTokenKey }> {
  const { token, key } = await presentedToken(deps, presented)
  const isMeant = token.audience.includes(managementAudience(deps.settings.issuer))
  if (!isMeant || token.user === null || !token.scopes.some(isManagementScope))
    throw new OAuthError('insufficient_scope', 'the token is not for the management API', null)
  return { token: key }
}
