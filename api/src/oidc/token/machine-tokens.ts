import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication, NewGrant } from '../../deps.ts'
import { newId } from '../../domain/ids.ts'
import type { Parameters } from '../parameters.ts'
import { askedResource, audienceOf } from '../resource.ts'
import { accessToken } from '../tokens/access-token.ts'
import { mintAccessToken, type TokenResponse } from '../tokens/mint.ts'
import { newSharedHandle, newSharedJti } from '../tokens/shared-row.ts'
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
  const { accessTokenFormat, accessTokenLifetime, clockSkew } = application.settings
  const grant = {
    id: newId('grt', { now: deps.clock.now, randomBytes: deps.randomBytes }),
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
  // what is bound to a key, or came by something that may be taken away, has a row of its own
  const isShared = accessTokenFormat === 'jwt' && dpopJkt === null && machineCredential === null
  const handle = isShared
    ? newSharedJti(deps, await sharedHandle(deps, { ...grant, audience }, (accessTokenLifetime + clockSkew) * 1000))
    : await deps.db.transaction(async (tx) => {
        await prove?.(tx)
        await deps.repositories.grants.create(tx, grant)
        return mintAccessToken(deps, tx, { application, grantId: grant.id, scopes, audience, dpopJkt })
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

type Shared = NewGrant & { audience: string[] | null }

/**
 * The row that JWTs of this machine hang on: the one that this process wrote before, as long as its grant lives and it outlasts what is
 * issued now (`lifetime`, milliseconds), or a new one, which outlasts many. So most of them are a read and a signature.
 */
async function sharedHandle(deps: Deps, { audience, ...grant }: Shared, lifetime: number): Promise<string> {
  const { clock, db, repositories, sharedRows } = deps
  const now = clock.now()
  const common = { ...grant, audience }
  const known = sharedRows.find(common)
  if (known && known.expiresAt >= now + lifetime && (await repositories.accessTokens.isLive(tokenHash(known.handle))))
    return known.handle
  const handle = newSharedHandle(deps)
  const expiresAt = now + 2 * lifetime
  await db.transaction(async (tx) => {
    await repositories.grants.create(tx, { ...grant, expiresAt })
    const { id: grantId, scopes } = grant
    const row = { tokenHash: tokenHash(handle), grantId, scopes, audience, dpopJkt: null, issuedAt: now, expiresAt }
    await repositories.accessTokens.create(tx, row)
  })
  sharedRows.keep(common, { handle, expiresAt })
  return handle
}
