import { isToken, tokenHash } from '../crypto/token.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { type AccessTokenKey, findAccessToken } from '../use-cases/grants/find-access-token.ts'
import { recordEvent } from '../use-cases/record-event.ts'
import { finding, OAuthError } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'
import { accessTokenKey } from './tokens/access-token.ts'
import { verifyOwnJwt } from './tokens/verify-own-jwt.ts'

/**
 * Token revocation (RFC 7009), after client authentication. A refresh token takes its family and their access tokens along, an access token
 * goes alone. What is unknown, over or another client's is answered like what was revoked.
 * @throws OAuthError invalid_request without a token, unsupported_token_type for an ID token
 */
export async function revoke(deps: Deps, application: KnownApplication, parameters: Parameters): Promise<void> {
  const token = parameters.get('token')
  if (!token) throw new OAuthError('invalid_request', 'token is missing', finding('token', 'missing'))
  if (isToken('refresh_token', token)) return revokeFamily(deps, application, token)
  const key = await accessTokenKey(deps, token)
  if (key) return revokeOne(deps, application, key)
  if (token.includes('.') && (await verifyOwnJwt(deps, token, 'JWT')))
    throw new OAuthError(
      'unsupported_token_type',
      'an ID token can not be revoked',
      finding('token', 'unsupported', { got: 'id_token' }),
    )
}

/** The others of a shared row go on: they are of other processes of the same client. */
function revokeOne(deps: Deps, { id: applicationId }: KnownApplication, key: AccessTokenKey): Promise<void> {
  const { accessTokens, spentProofs } = deps.repositories
  const { issuer } = deps.settings
  return deps.db.transaction(async (tx) => {
    if (!key.shared) return accessTokens.revoke(tx, { tokenHash: key.hash, applicationId, issuer })
    const token = await findAccessToken(deps, key, tx)
    if (token?.applicationId !== applicationId || token.issuer !== issuer) return
    await spentProofs.spend(tx, { id: key.shared.revocation, expiresAt: key.shared.expiresAt })
  })
}

function revokeFamily(deps: Deps, application: KnownApplication, token: string): Promise<void> {
  const key = { tokenHash: tokenHash(token), applicationId: application.id, issuer: deps.settings.issuer }
  return deps.db.transaction(async (tx) => {
    const grant = await deps.repositories.grants.revokeByRefreshToken(tx, key, deps.clock.now())
    if (!grant) return
    await recordEvent(deps, tx, {
      type: 'grant.revoked',
      organizationId: application.organizationId,
      actor: application.id,
      target: application.id,
      person: grant.userId,
      data: { grant: grant.id },
    })
  })
}
