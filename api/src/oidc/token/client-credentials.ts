import type { Deps, KnownApplication } from '../../deps.ts'
import { isConfidential } from '../../domain/application.ts'
import { newId } from '../../domain/ids.ts'
import { OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { askedResource, audienceOf } from '../resource.ts'
import { accessToken } from '../tokens/access-token.ts'
import { mintAccessToken, type TokenResponse } from '../tokens/mint.ts'
import { machineScopes } from './machine-scopes.ts'

/**
 * The client credentials grant (RFC 6749 4.4): an application acts for itself, and its client id is the subject. No refresh token and no ID
 * token: nobody signed in.
 */
export async function clientCredentials(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  dpopJkt: string | null,
): Promise<TokenResponse> {
  if (!isConfidential(application)) throw new OAuthError('unauthorized_client', 'a public client proves nothing')
  const scopes = await machineScopes(deps, application, parameters)
  const resource = await askedResource(deps, application, parameters)
  const now = deps.clock.now()
  const grant = {
    id: newId('grt', { now: deps.clock.now, randomBytes: deps.randomBytes }),
    applicationId: application.id,
    userId: null,
    sessionId: null,
    issuer: deps.settings.issuer,
    scopes,
    claims: null,
    resource,
    offline: false,
    authTime: now,
    acr: '',
    amr: [],
    createdAt: now,
    expiresAt: now + application.settings.accessTokenLifetime * 1000,
  }
  const audience = audienceOf(grant)
  const handle = await deps.db.transaction(async (tx) => {
    await deps.repositories.grants.create(tx, grant)
    return mintAccessToken(deps, tx, { application, grantId: grant.id, scopes, audience, dpopJkt })
  })
  const about = { application, grant: { ...grant, subject: application.clientId }, scopes, audience, dpopJkt, handle }
  return {
    access_token: await accessToken(deps, about),
    token_type: dpopJkt === null ? 'Bearer' : 'DPoP',
    expires_in: application.settings.accessTokenLifetime,
    scope: scopes.join(' '),
  }
}
