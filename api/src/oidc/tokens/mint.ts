import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication, LiveGrant } from '../../deps.ts'
import type { GrantId } from '../../domain/ids.ts'
import { audienceOf } from '../resource.ts'
import { accessToken, newAccessTokenHandle } from './access-token.ts'
import { idToken } from './id-token.ts'

/** A successful token response (RFC 6749 5.1, OpenID Connect Core 3.1.3.3). */
export type TokenResponse = {
  access_token: string
  token_type: 'Bearer' | 'DPoP'
  expires_in: number
  scope: string
  refresh_token?: string
  id_token?: string
}

/** What was written for a response that is still to be signed. */
export type Minted = {
  application: KnownApplication
  grant: LiveGrant
  scopes: readonly string[]
  nonce: string | null
  audience: string[] | null
  dpopJkt: string | null
  handle: string
  refreshToken: string | null
}

type Minting = {
  application: KnownApplication
  grant: LiveGrant
  /** Of this access token: the grant's, or a part of them. */
  scopes: string[]
  nonce: string | null
  /** The key that the tokens are bound to (RFC 9449); null for bearer tokens. */
  dpopJkt: string | null
  /** Milliseconds; null for the first of a family. */
  absoluteExpiresAt: number | null
}

/** The rows of an access token and, where due, a refresh token. The signatures come after the transaction. */
export async function mint(deps: Deps, tx: Executor, { absoluteExpiresAt, ...minting }: Minting): Promise<Minted> {
  const { application, grant, scopes, dpopJkt } = minting
  const audience = await audienceOf(deps, grant, application, tx)
  const handle = await mintAccessToken(deps, tx, {
    application,
    grantId: grant.id,
    scopes,
    audience,
    dpopJkt,
  })
  const refreshToken = mayRefresh(application, grant)
    ? await mintRefreshToken(deps, tx, minting, absoluteExpiresAt)
    : null
  return { ...minting, audience, handle, refreshToken }
}

type Access = {
  application: KnownApplication
  grantId: GrantId
  scopes: string[]
  audience: string[] | null
  dpopJkt: string | null
}

/** The row of an access token. Out: its handle. */
export async function mintAccessToken(deps: Deps, tx: Executor, access: Access): Promise<string> {
  const { application, ...row } = access
  const now = deps.clock.now()
  const handle = newAccessTokenHandle(deps)
  const expiresAt = now + application.lifetimes.accessTokenLifetime * 1000
  await deps.repositories.accessTokens.create(tx, { ...row, tokenHash: tokenHash(handle), issuedAt: now, expiresAt })
  return handle
}

const mayRefresh = ({ grantTypes, settings }: KnownApplication, { offline }: LiveGrant): boolean =>
  grantTypes.includes('refresh_token') && (offline || settings.sessionRefreshToken)

/** Rotated at each use, idle and absolute end; rotation never moves the second. */
async function mintRefreshToken(
  deps: Deps,
  tx: Executor,
  { application, grant, dpopJkt }: Pick<Minting, 'application' | 'grant' | 'dpopJkt'>,
  absolute: number | null,
): Promise<string> {
  const { refreshTokenIdleLifetime, refreshTokenAbsoluteLifetime } = application.lifetimes
  const now = deps.clock.now()
  const absoluteExpiresAt =
    absolute ?? Math.min(now + refreshTokenAbsoluteLifetime * 1000, await endOf(deps, tx, grant))
  const token = newToken('refresh_token', deps.randomBytes)
  await deps.repositories.refreshTokens.create(tx, {
    tokenHash: tokenHash(token),
    grantId: grant.id,
    applicationId: application.id,
    issuer: grant.issuer,
    expiresAt: Math.min(now + refreshTokenIdleLifetime * 1000, absoluteExpiresAt),
    absoluteExpiresAt,
    dpopJkt,
    issuedAt: now,
  })
  return token
}

/** What was not granted for offline access ends with its session at the latest. Milliseconds. */
async function endOf(deps: Deps, tx: Executor, { offline, sessionId }: LiveGrant): Promise<number> {
  if (offline) return Infinity
  return (await deps.repositories.sessions.findWithUser(sessionId, tx))?.session.expiresAt ?? 0
}

/** Signs what needs a signature. */
export async function respond(deps: Deps, minted: Minted): Promise<TokenResponse> {
  const { application, scopes, refreshToken } = minted
  const access = await accessToken(deps, minted)
  return {
    access_token: access,
    token_type: minted.dpopJkt === null ? 'Bearer' : 'DPoP',
    expires_in: application.lifetimes.accessTokenLifetime,
    scope: scopes.join(' '),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...(scopes.includes('openid') ? { id_token: await idToken(deps, { ...minted, accessToken: access }) } : {}),
  }
}
