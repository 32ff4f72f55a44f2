import { isToken, tokenHash } from '../crypto/token.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { isConfidential } from '../domain/application.ts'
import { findAccessToken } from '../use-cases/grants/find-access-token.ts'
import { finding, OAuthError } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'
import { refused } from './read-credentials.ts'
import { usualAudience } from './resource.ts'
import { accessTokenKey } from './tokens/access-token.ts'
import { claimsOf } from './userinfo.ts'

/** One answer for whatever is wrong with a token (RFC 7662 2.2). */
const INACTIVE = { active: false } as const

/**
 * Token introspection (RFC 7662), after client authentication: one read with everything that a token hangs on. Only whom it is for hears of an
 * access token, and only whose it is of a refresh token.
 * @throws OAuthError invalid_client for a public client, invalid_request without a token
 */
export async function introspect(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
): Promise<Record<string, unknown>> {
  if (!isConfidential(application)) throw refused(finding('client_type', 'not_allowed', { got: application.type }))
  const token = parameters.get('token')
  if (!token) throw new OAuthError('invalid_request', 'token is missing', finding('token', 'missing'))
  const about = isToken('refresh_token', token) ? refreshToken : accessToken
  return (await about(deps, application, token)) ?? INACTIVE
}

async function accessToken(deps: Deps, application: KnownApplication, presented: string) {
  const key = await accessTokenKey(deps, presented)
  const token = key && (await findAccessToken(deps, key))
  if (!token || token.issuer !== deps.settings.issuer) return null
  const { audience, clientId, subject, scopes, issuer, user, dpopJkt } = token
  if (!namesOf(application).some((name) => audience.includes(name))) return null
  return {
    ...(await claimsOf(deps, token)),
    active: true,
    scope: scopes.join(' '),
    client_id: clientId,
    sub: subject,
    exp: seconds(token.expiresAt),
    ...(token.issuedAt === null ? {} : { iat: seconds(token.issuedAt) }),
    iss: issuer,
    aud: audience,
    ...kindOf(dpopJkt),
    ...(user?.source.loginName ? { username: user.source.loginName } : {}),
  }
}

/** What a token says when it is for this application. */
const namesOf = (application: KnownApplication): string[] => [
  ...usualAudience(application),
  ...application.settings.resources,
]

async function refreshToken(deps: Deps, { id: applicationId, clientId }: KnownApplication, presented: string) {
  const key = { tokenHash: tokenHash(presented), applicationId, issuer: deps.settings.issuer }
  const found = await deps.repositories.refreshTokens.findNamed(key)
  if (!found) return null
  const { token, grant, loginName } = found
  if (token.consumedAt !== null || token.expiresAt <= deps.clock.now() || !grant.alive) return null
  return {
    active: true,
    scope: grant.scopes.join(' '),
    client_id: clientId,
    sub: grant.subject,
    exp: seconds(token.expiresAt),
    ...(token.issuedAt === null ? {} : { iat: seconds(token.issuedAt) }),
    iss: token.issuer,
    // nobody else can use it
    aud: [clientId],
    ...kindOf(token.dpopJkt),
    ...(loginName === null ? {} : { username: loginName }),
  }
}

/** How the tokens that it is, or gets, are used (RFC 6749 5.1, RFC 9449 6). */
const kindOf = (dpopJkt: string | null) =>
  dpopJkt === null ? { token_type: 'Bearer' } : { token_type: 'DPoP', cnf: { jkt: dpopJkt } }

const seconds = (instant: number): number => Math.floor(instant / 1000)
