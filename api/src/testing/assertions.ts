import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { AssertionAlgorithm } from '../domain/application.ts'
import { ISSUER, type World } from './world.ts'

/** A key of somebody who proves themselves with it. */
export type TestKey = ReturnType<typeof newKey>

const PAIRS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
}

export function newKey(algorithm: AssertionAlgorithm = 'ES256', kid = 'one') {
  const { publicKey, privateKey } = PAIRS[algorithm]()
  return { algorithm, kid, publicKey, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } }
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT with exactly these claims; what is undefined is left out. */
export function signed({ algorithm, kid, privateKey }: TestKey, claims: object, header: object = {}): string {
  const input = `${encoded({ alg: algorithm, kid, ...header })}.${encoded(claims)}`
  return `${input}.${signature(algorithm, input, privateKey).toString('base64url')}`
}

function signature(algorithm: AssertionAlgorithm, input: string, key: KeyObject): Buffer {
  const data = Buffer.from(input)
  if (algorithm === 'EdDSA') return sign(null, data, key)
  if (algorithm === 'ES256') return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
  // RSA_PKCS1_PSS_PADDING with a salt as long as the hash (RFC 7518 3.5)
  return sign('sha256', data, algorithm === 'PS256' ? { key, padding: 6, saltLength: 32 } : key)
}

/** What a careful client says: by itself, about itself, for us, for a minute. */
export const assertionClaims = ({ clock }: World, party: string, more: object = {}) => {
  const now = Math.floor(clock.now() / 1000)
  return { iss: party, sub: party, aud: ISSUER, iat: now, exp: now + 60, jti: randomUUID(), ...more }
}
