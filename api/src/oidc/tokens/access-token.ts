import { isToken, newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, KnownApplication, LiveGrant } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import type { AccessTokenKey } from '../../use-cases/grants/find-access-token.ts'
import { usualAudience } from '../resource.ts'
import { roleClaims } from './role-claims.ts'
import { revocationOf, sharedHandleOf } from './shared-row.ts'
import { verifyOwnJwt } from './verify-own-jwt.ts'

type About = {
  application: KnownApplication
  grant: Pick<LiveGrant, 'issuer' | 'subject' | 'authTime' | 'acr' | 'amr' | 'organizationId'> & {
    userId: UserId | null
  }
  scopes: readonly string[]
  audience: string[] | null
  dpopJkt: string | null
  handle: string
}

/**
 * Every access token hangs on a row under the hash of its handle. An opaque token is its handle; a JWT (RFC 9068) carries it as `jti`, so
 * that the row can be written before the signature is made, and revocation works for both. JWTs of one machine share a row (ADR 29).
 */
export const newAccessTokenHandle = (deps: Deps): string => newToken('access_token', deps.randomBytes)

export async function accessToken(
  deps: Deps,
  { application, grant, scopes, audience, dpopJkt, handle }: About,
): Promise<string> {
  const { accessTokenFormat, idTokenAlgorithm, clockSkew, rolesInAccessToken } = application.settings
  if (accessTokenFormat === 'opaque') return handle
  const now = Math.floor(deps.clock.now() / 1000)
  return deps.keys.sign(idTokenAlgorithm, 'at+jwt', {
    ...(rolesInAccessToken ? await roleClaims(deps, { application, grant, scopes, audience }) : {}),
    iss: grant.issuer,
    sub: grant.subject,
    aud: single(audience ?? usualAudience(application)),
    client_id: application.clientId,
    exp: now + application.lifetimes.accessTokenLifetime + clockSkew,
    iat: now - clockSkew,
    jti: handle,
    scope: scopes.join(' '),
    ...(grant.acr === '' ? {} : { auth_time: Math.floor(grant.authTime / 1000), acr: grant.acr, amr: grant.amr }),
    ...(dpopJkt === null ? {} : { cnf: { jkt: dpopJkt } }),
  })
}

/** One audience is a string (RFC 7519 4.1.3). */
const single = (audience: string[]) => (audience.length === 1 ? audience[0] : audience)

/** What to look an access token up by, or null for what can not be one of ours. A JWT counts only with our signature. */
export async function accessTokenKey(deps: Deps, token: string): Promise<AccessTokenKey | null> {
  if (isToken('access_token', token)) return { hash: tokenHash(token), shared: null }
  const claims = token.includes('.') ? await verifyOwnJwt(deps, token, 'at+jwt') : null
  if (typeof claims?.jti !== 'string') return null
  const { jti } = claims
  if (isToken('access_token', jti)) return { hash: tokenHash(jti), shared: null }
  const handle = sharedHandleOf(jti)
  if (handle === null) return null
  const shared = { issuedAt: instantOf(claims.iat), expiresAt: instantOf(claims.exp), revocation: revocationOf(jti) }
  return { hash: tokenHash(handle), shared }
}

/** Seconds (RFC 7519 2) to milliseconds. */
const instantOf = (date: unknown): number => Number(date) * 1000
