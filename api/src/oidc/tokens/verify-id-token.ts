import type { Deps } from '../../deps.ts'
import { verifyOwnJwt } from './verify-own-jwt.ts'

export type HintedLogin = { subject: string; sessionId: string | null; audience: string }

/**
 * An ID token of ours as a hint (OpenID Connect Core 3.1.2.1, RP-Initiated Logout 2): signature, issuer and type are verified, expiry
 * is not.
 */
export async function verifyIdTokenHint(deps: Deps, token: string): Promise<HintedLogin | null> {
  const claims = await verifyOwnJwt(deps, token, 'JWT')
  if (!claims) return null
  const { iss, sub, sid, aud } = claims
  if (iss !== deps.settings.issuer || typeof sub !== 'string' || typeof aud !== 'string') return null
  return { subject: sub, sessionId: typeof sid === 'string' ? sid : null, audience: aud }
}
