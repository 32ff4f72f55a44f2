import { hash } from 'node:crypto'
import type { Deps, KnownApplication, LiveGrant } from '../../deps.ts'
import type { SigningAlgorithm } from '../../domain/application.ts'
import { claimNames } from '../../domain/claims.ts'
import { personClaims } from './person-claims.ts'
import { roleClaims } from './role-claims.ts'

type About = {
  application: KnownApplication
  grant: LiveGrant
  scopes: readonly string[]
  audience: string[] | null
  nonce: string | null
  accessToken: string
}

/** An ID token (OpenID Connect Core 2, 3.1.3.6): who signed in, when and how, and nothing that was not asked for. */
export async function idToken(
  deps: Deps,
  { application, grant, scopes, audience, nonce, accessToken }: About,
): Promise<string> {
  const { idTokenAlgorithm, clockSkew, rolesInIdToken } = application.settings
  const now = Math.floor(deps.clock.now() / 1000)
  return deps.keys.sign(idTokenAlgorithm, 'JWT', {
    ...(await askedClaims(deps, { application, grant, scopes })),
    ...(rolesInIdToken ? await roleClaims(deps, { application, grant, scopes, audience }) : {}),
    iss: grant.issuer,
    sub: grant.subject,
    aud: application.clientId,
    azp: application.clientId,
    exp: now + application.lifetimes.idTokenLifetime + clockSkew,
    iat: now - clockSkew,
    auth_time: Math.floor(grant.authTime / 1000),
    ...(nonce === null ? {} : { nonce }),
    acr: grant.acr,
    amr: grant.amr,
    at_hash: leftHalf(idTokenAlgorithm, accessToken),
    sid: grant.sessionId,
  })
}

/** Single claims of `claims.id_token`, and those of the scopes where the application is set to get them. */
async function askedClaims(
  deps: Deps,
  { application, grant, scopes }: Pick<About, 'application' | 'grant' | 'scopes'>,
) {
  const names = claimNames(application.settings.userInfoInIdToken ? scopes : [], grant.claims?.idToken ?? [])
  if (names.size === 0) return {}
  const source = await deps.repositories.users.findClaimSource(grant.userId)
  return source ? personClaims(deps, names, source) : {}
}

/** The left half of the hash that the signature algorithm uses (OpenID Connect Core 3.1.3.6; SHA-512 for Ed25519, RFC 8032). */
function leftHalf(algorithm: SigningAlgorithm, accessToken: string): string {
  const digest = hash(algorithm === 'EdDSA' ? 'sha512' : 'sha256', accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
