import type { importJWK, JWSHeaderParameters } from 'jose'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import { isCanonical, LONGEST_JWT, readPart } from '../tokens/compact-jwt.ts'
import { isFreshNonce } from './nonce.ts'

/** Elliptic curves and RSA-PSS; RS256 is not among them (RFC 9449 4.3, 11.6). */
export const PROOF_ALGORITHMS = ['ES256', 'PS256', 'EdDSA']

/** How far the clock of a proof may be off, either way. Seconds. */
const WINDOW = 60

/** What makes a key private, or symmetric. */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** A proof as it came, and the request that it is for. */
export type Presented = {
  /** The `DPoP` header. Two of them arrive as one with a comma, which no proof has. */
  proof: string | null
  method: string
  url: string
}

const refused = (description: string, reason: Finding['reason'], compared?: Pick<Finding, 'expected' | 'got'>) =>
  new OAuthError('invalid_dpop_proof', description, finding('dpop_proof', reason, compared))

/**
 * A proof of possession (RFC 9449 4.3), check by check; last of all it is spent, so one that fails costs nothing. With `accessToken` it
 * must be for that token.
 * Out: the thumbprint of its key (RFC 7638); null where no proof was sent.
 * @throws OAuthError invalid_dpop_proof, use_dpop_nonce
 */
export async function proofKey(
  deps: Deps,
  { proof, method, url }: Presented,
  accessToken: string | null = null,
): Promise<string | null> {
  if (proof === null) return null
  const { claims, jkt } = await verify(proof)
  const { jti, htm, htu, iat, ath, nonce } = claims
  if (typeof jti !== 'string' || jti === '') throw refused('jti is missing', 'missing', { got: 'jti' })
  if (htm !== method) throw refused('htm is another method', 'mismatch', { expected: `htm=${method}` })
  if (typeof htu !== 'string' || addressOf(htu) !== addressOf(url))
    throw refused('htu is another address', 'mismatch', {
      expected: `htu=${url}`,
      got: typeof htu === 'string' ? `htu=${htu}` : '',
    })
  if (typeof iat !== 'number' || Math.abs(deps.clock.now() / 1000 - iat) > WINDOW)
    throw refused('iat is too far from now', 'expired', {
      expected: `${WINDOW}`,
      got: typeof iat === 'number' ? `${Math.round(deps.clock.now() / 1000 - iat)}` : '',
    })
  if (accessToken !== null && ath !== tokenHash(accessToken))
    throw refused('ath is of another access token', 'mismatch')
  if (deps.settings.dpopNonce && !isFreshNonce(deps, nonce))
    throw new OAuthError('use_dpop_nonce', 'the proof must hold the nonce of the DPoP-Nonce header', null)
  await spend(deps, { id: `dpop ${tokenHash(`${jkt} ${jti}`)}`, expiresAt: (iat + WINDOW + 1) * 1000 })
  return jkt
}

async function verify(proof: string): Promise<{ claims: Record<string, unknown>; jkt: string }> {
  const { compactVerify } = await import('jose')
  if (proof.length > LONGEST_JWT || !isCanonical(proof)) throw refused('the proof is malformed', 'malformed')
  const [header = '', payload = ''] = proof.split('.')
  try {
    const found = known.get(header) ?? (await keyOf(readPart(header) ?? {}))
    await compactVerify(proof, found.key, { algorithms: PROOF_ALGORITHMS })
    remember(header, found)
    const claims = readPart(payload)
    if (claims) return { claims, jkt: found.jkt }
  } catch {
    // the library's reasons are nobody's affair
  }
  throw refused('the proof can not be verified', 'wrong')
}

type Key = { key: Awaited<ReturnType<typeof importJWK>>; jkt: string }

/** Public, and in the header of a proof and of nothing else. The library knows whether it fits the algorithm and is long enough. */
async function keyOf({ typ, jwk, alg, crit }: JWSHeaderParameters): Promise<Key> {
  const { importJWK, calculateJwkThumbprint } = await import('jose')
  if (typ !== 'dpop+jwt' || crit !== undefined || !jwk) throw new Error('not a proof')
  if (SECRET_MEMBERS.some((member) => Object.hasOwn(jwk, member))) throw new Error('not a public key')
  return { key: await importJWK(jwk, alg), jkt: await calculateJwkThumbprint(jwk) }
}

/**
 * Keys by the header that they were in, which is the same in every proof of a client: one is imported once. Only what signed a proof is
 * remembered.
 */
const known = new Map<string, Key>()
const MOST_KNOWN = 1_000
/** Of a header; an RSA key of 4096 bits has half of it. */
const LONGEST_KNOWN = 2_048

function remember(header: string, key: Key): void {
  if (header.length > LONGEST_KNOWN || known.has(header)) return
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!)
  known.set(header, key)
}

/** Without query and fragment; scheme and host in small letters and the usual port left out (RFC 3986 6.2.2, 6.2.3). */
function addressOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  url.search = ''
  url.hash = ''
  return url.href
}

/** Once for each key, by one conditional write. Its own transaction: what the request wants besides may still fail. */
async function spend(deps: Deps, row: { id: string; expiresAt: number }): Promise<void> {
  const isFirst = await deps.db.transaction((tx) => deps.repositories.spentProofs.spend(tx, row))
  if (!isFirst) throw refused('the proof was used before', 'used')
}
