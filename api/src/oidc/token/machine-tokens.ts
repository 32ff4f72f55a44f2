import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import { newId } from '../../domain/ids.ts'
import type { Parameters } from '../parameters.ts'
import { askedResource, audienceOf } from '../resource.ts'
import { accessToken } from '../tokens/access-token.ts'
import { mintAccessToken, type TokenResponse } from '../tokens/mint.ts'
import { sharedJti } from '../tokens/shared-row.ts'
import { machineScopes } from './machine-scopes.ts'

type Machine = {
  application: KnownApplication
  parameters: Parameters
  dpopJkt: string | null
  /** Of a service user: the key it came with. */
  machineCredential: string | null
  /** What has to be true in the transaction that writes the tokens. @throws OAuthError */
  prove?(tx: Executor): Promise<void>
}

/**
 * An access token for an application that acts for itself, or for a service user by its own client. No refresh token and no ID token: nobody
 * signed in.
 */
export async function machineTokens(deps: Deps, machine: Machine): Promise<TokenResponse> {
  const { application, parameters, dpopJkt, machineCredential, prove } = machine
  const scopes = await machineScopes(deps, application, parameters)
  const now = deps.clock.now()
  const { accessTokenFormat, clockSkew } = application.settings
  const { accessTokenLifetime } = application.lifetimes
  const grant = {
    applicationId: application.id,
    userId: application.serviceUserId,
    sessionId: null,
    machineCredential,
    issuer: deps.settings.issuer,
    scopes,
    claims: null,
    resource: await askedResource(deps, application, parameters),
    offline: false,
    authTime: now,
    acr: '',
    amr: [],
    createdAt: now,
    expiresAt: now + accessTokenLifetime * 1000,
  }
  const { organizationId } = application
  const audience = await audienceOf(deps, { ...grant, organizationId }, application)
  // what is bound to a key, or proven in the transaction by something that may be taken away, has a row of its own
  const isShared = accessTokenFormat === 'jwt' && dpopJkt === null && machineCredential === null && !prove
  const handle = isShared
    ? await sharedJti(deps, { ...grant, audience }, (accessTokenLifetime + clockSkew) * 1000)
    : await deps.db.transaction(async (tx) => {
        await prove?.(tx)
        const id = newId('grt', { now: deps.clock.now, randomBytes: deps.randomBytes })
        await deps.repositories.grants.create(tx, { id, ...grant })
        return mintAccessToken(deps, tx, { application, grantId: id, scopes, audience, dpopJkt })
      })
  const subject = application.serviceSubject ?? application.clientId
  return {
    access_token: await accessToken(deps, {
      ...machine,
      grant: { ...grant, subject, organizationId },
      scopes,
      audience,
      handle,
    }),
    token_type: dpopJkt === null ? 'Bearer' : 'DPoP',
    expires_in: accessTokenLifetime,
    scope: scopes.join(' '),
  }
}
