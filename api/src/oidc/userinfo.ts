import type { Deps, ValidAccessToken } from '../deps.ts'
import { claimNames, claimValues } from '../domain/claims.ts'
import { projectsToSay, reservedClaims } from '../domain/reserved-claims.ts'
import { type Presented as DpopProof, proofKey } from './dpop/proof.ts'
import { OAuthError } from './oauth-error.ts'
import { accessTokenHash } from './tokens/access-token.ts'

/** Where an access token may be (RFC 6750 2.1, 2.2): the header, or a POST form. Never the query. */
export type Presented = { authorization: string | null; form: string | null; dpop: DpopProof }

/** Nothing was presented: answered with a bare challenge (RFC 6750 3.1). */
export class NoCredentials extends Error {}

/**
 * The UserInfo endpoint (OpenID Connect Core 5.3): one joined read from the token's hash to the claims.
 * @throws NoCredentials, or OAuthError invalid_request, invalid_token, insufficient_scope
 */
export async function userinfo(deps: Deps, presented: Presented): Promise<Record<string, unknown>> {
  const { token: text, scheme } = presentedToken(presented)
  const hash = await accessTokenHash(deps, text)
  const token = hash && (await deps.repositories.accessTokens.findValid(hash, deps.clock.now()))
  if (!token || token.issuer !== deps.settings.issuer)
    throw new OAuthError('invalid_token', 'the access token is not valid')
  await mustHoldKey(deps, token, scheme === 'dpop' ? { accessToken: text, ...presented.dpop } : null)
  if (!token.scopes.includes('openid')) throw new OAuthError('insufficient_scope', 'the scope openid is needed')
  return { ...(await claimsOf(deps, token)), sub: token.subject }
}

/** A bound token comes with a proof of its key, and a bearer token without (RFC 9449 7.1, 7.2). */
async function mustHoldKey(
  deps: Deps,
  { dpopJkt }: ValidAccessToken,
  proven: (DpopProof & { accessToken: string }) | null,
): Promise<void> {
  if ((dpopJkt === null) !== (proven === null))
    throw new OAuthError('invalid_token', 'the scheme is not that of the token')
  if (!proven) return
  const key = await proofKey(deps, proven, proven.accessToken)
  if (key === null) throw new OAuthError('invalid_dpop_proof', 'the proof is missing')
  if (key !== dpopJkt) throw new OAuthError('invalid_token', 'the access token is bound to another key')
}

function presentedToken({ authorization, form }: Presented): { token: string; scheme: 'bearer' | 'dpop' } {
  if (authorization !== null && form !== null) throw new OAuthError('invalid_request', 'two access tokens')
  if (form !== null) return { token: form, scheme: 'bearer' }
  if (authorization === null) throw new NoCredentials()
  const [, scheme, token] = /^(bearer|dpop) ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization) ?? []
  if (!scheme || !token) throw new OAuthError('invalid_token', 'the Authorization header is malformed')
  return { token, scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer' }
}

/** What an access token lets be said about whose it is. An application has no claims. */
export async function claimsOf(
  { repositories }: Deps,
  { scopes, claims, user, project: own, audience }: ValidAccessToken,
): Promise<Record<string, unknown>> {
  if (!user) return {}
  const grants = await repositories.projects.listRoles(user.id, projectsToSay(scopes, own, audience))
  return {
    ...claimValues(claimNames(scopes, claims?.userinfo ?? []), user.source),
    ...reservedClaims(scopes, { home: user.home, own, grants }),
  }
}
