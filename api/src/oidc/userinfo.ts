import type { Deps, ValidAccessToken } from '../deps.ts'
import { claimNames } from '../domain/claims.ts'
import { asksForMetadata, projectsToSay, reservedClaims } from '../domain/reserved-claims.ts'
import { OAuthError } from './oauth-error.ts'
import { type Presented, presentedToken } from './presented-token.ts'
import { personClaims } from './tokens/person-claims.ts'

/**
 * The UserInfo endpoint (OpenID Connect Core 5.3): one joined read from the token's hash to the claims.
 * @throws OAuthError insufficient_scope, and what presentedToken throws
 */
export async function userinfo(deps: Deps, presented: Presented): Promise<Record<string, unknown>> {
  const { token } = await presentedToken(deps, presented)
  if (!token.scopes.includes('openid')) throw new OAuthError('insufficient_scope', 'the scope openid is needed', null)
  return { ...(await claimsOf(deps, token)), sub: token.subject }
}

/** What an access token lets be said about whose it is. An application has no claims. */
export async function claimsOf(
  deps: Deps,
  { scopes, claims, user, project: own, audience }: ValidAccessToken,
): Promise<Record<string, unknown>> {
  if (!user) return {}
  const { repositories } = deps
  const grants = await repositories.projects.listRoles(user.id, projectsToSay(scopes, own, audience))
  const metadata = asksForMetadata(scopes) ? await repositories.userMetadata.findOfUser(user.id) : {}
  return {
    ...personClaims(deps, claimNames(scopes, claims?.userinfo ?? []), user.source),
    ...reservedClaims(scopes, { home: user.home, own, grants, metadata }),
  }
}
