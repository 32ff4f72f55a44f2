import { createPublicKey, hash, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { AssertionAlgorithm } from '../domain/application.ts'

/** A key that somebody else signs with. */
export type RegisteredKey = {
  kid: string | null
  algorithms: readonly AssertionAlgorithm[]
  key: KeyObject
  /** SHA-256 of the key, however it was written. */
  thumbprint: string
}
export type KeyFault = 'private' | 'symmetric' | 'weak' | 'invalid'

/** RFC 7518 6.2.2, 6.3.2, 6.4; RFC 8037 2. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']
/** Bits: RFC 7518 3.3, and what can be verified in passing. */
const RSA_SIZES = { least: 2048, most: 8192 }

/** A public key that may verify signatures (RFC 7517 4), or why it may not. A point off its curve is no key. */
export function readPublicKey(jwk: unknown): RegisteredKey | KeyFault {
  if (typeof jwk !== 'object' || jwk === null) return 'invalid'
  const { kty, kid, alg, use, key_ops: operations } = jwk as Record<string, unknown>
  if (kty === 'oct') return 'symmetric'
  if (PRIVATE.some((member) => Object.hasOwn(jwk, member))) return 'private'
  if (use !== undefined && use !== 'sig') return 'invalid'
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return 'invalid'
  const key = parsed(jwk as JsonWebKey)
  if (!key) return 'invalid'
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' && !isUsableRsa(modulusLength ?? 0, publicExponent ?? 0n)) return 'weak'
  const algorithms = algorithmsOf(key).filter((known) => alg === undefined || alg === known)
  if (algorithms.length === 0) return 'invalid'
  const thumbprint = hash('sha256', key.export({ format: 'der', type: 'spki' }), 'base64url')
  return { thumbprint, kid: typeof kid === 'string' && kid !== '' ? kid : null, algorithms, key }
}

function parsed(jwk: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return null
  }
}

const isUsableRsa = (bits: number, exponent: bigint): boolean =>
  bits >= RSA_SIZES.least && bits <= RSA_SIZES.most && exponent >= 3n && exponent < 2n ** 32n

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): AssertionAlgorithm[] {
  if (asymmetricKeyType === 'rsa') return ['RS256', 'PS256']
  if (asymmetricKeyType === 'ed25519') return ['EdDSA']
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1' ? ['ES256'] : []
}
