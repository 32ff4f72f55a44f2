import { type CompactJWSHeaderParameters, compactVerify } from 'jose'
import type { Deps } from '../../deps.ts'

export type HintedLogin = { subject: string; sessionId: string | null; audience: string }

/**
 * An ID token of ours as a hint (OpenID Connect Core 3.1.2.1, RP-Initiated Logout 2): signature, issuer and type are verified, expiry
 * is not. The key is found by `kid` among our own, and its algorithm is the key's, whatever the header says.
 */
export async function verifyIdTokenHint(deps: Deps, token: string): Promise<HintedLogin | null> {
  try {
    const { payload } = await compactVerify(token, (header) => keyOf(deps, header))
    const claims = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>
    const { iss, sub, sid, aud } = claims
    if (iss !== deps.settings.issuer || typeof sub !== 'string' || typeof aud !== 'string') return null
    return { subject: sub, sessionId: typeof sid === 'string' ? sid : null, audience: aud }
  } catch {
    return null
  }
}

function keyOf({ keys }: Deps, { kid, alg, typ }: CompactJWSHeaderParameters) {
  const found = keys.find(kid ?? '')
  if (!found || found.algorithm !== alg || typ !== 'JWT') throw new Error('not an ID token of ours')
  return found.key
}
