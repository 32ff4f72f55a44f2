import type { Deps, ValidAccessToken } from '../deps.ts'
import { claimNames, claimValues } from '../domain/claims.ts'
import { OAuthError } from './oauth-error.ts'
import { accessTokenHash } from './tokens/access-token.ts'

/** Where an access token may be (RFC 6750 2.1, 2.2): the header, or a POST form. Never the query. */
export type Presented = { authorization: string | null; form: string | null }

/** Nothing was presented: answered with a bare challenge (RFC 6750 3.1). */
export class NoCredentials extends Error {}

/**
 * The UserInfo endpoint (OpenID Connect Core 5.3): one joined read from the token's hash to the claims.
 * @throws NoCredentials, or OAuthError invalid_request, invalid_token, insufficient_scope
 */
export async function userinfo(deps: Deps, presented: Presented): Promise<Record<string, unknown>> {
  const hash = await accessTokenHash(deps, bearerToken(presented))
  const token = hash && (await deps.repositories.accessTokens.findValid(hash, deps.clock.now()))
  if (!token || token.issuer !== deps.settings.issuer)
    throw new OAuthError('invalid_token', 'the access token is not valid')
  if (!token.scopes.includes('openid')) throw new OAuthError('insufficient_scope', 'the scope openid is needed')
  return answer(token)
}

function bearerToken({ authorization, form }: Presented): string {
  if (authorization !== null && form !== null) throw new OAuthError('invalid_request', 'two access tokens')
  if (form !== null) return form
  if (authorization === null) throw new NoCredentials()
  const token = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1]
  if (!token) throw new OAuthError('invalid_token', 'the Authorization header is malformed')
  return token
}

const answer = ({ subject, scopes, claims, source }: ValidAccessToken) => ({
  ...claimValues(claimNames(scopes, claims?.userinfo ?? []), source),
  sub: subject,
})
