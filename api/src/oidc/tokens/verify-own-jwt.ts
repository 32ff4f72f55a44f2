import type { CompactJWSHeaderParameters } from 'jose'
import type { Deps } from '../../deps.ts'
import { isCanonical, LONGEST_JWT } from './compact-jwt.ts'

/** What kind of token a signature of ours stands on; none ever passes for another (RFC 8725 3.11). */
type TokenType = 'JWT' | 'at+jwt'

/**
 * The claims of a JWT that we signed as this type, or null. The key is found by `kid` among our own and its algorithm is the key's,
 * whatever the header says (RFC 8725 3.1). Times are the caller's affair. The library is loaded when the first one comes.
 */
export async function verifyOwnJwt(
  deps: Deps,
  token: string,
  type: TokenType,
): Promise<Record<string, unknown> | null> {
  if (token.length > LONGEST_JWT || !isCanonical(token)) return null
  const { compactVerify } = await import('jose')
  try {
    const { payload } = await compactVerify(token, (header) => keyOf(deps, header, type))
    return JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>
  } catch {
    return null
  }
}

function keyOf({ keys }: Deps, { kid, alg, typ }: CompactJWSHeaderParameters, type: TokenType) {
  const found = keys.find(kid ?? '')
  if (!found || found.algorithm !== alg || typ !== type) throw new Error('not a token of ours')
  return found.key
}
