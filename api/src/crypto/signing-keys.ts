import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { SigningAlgorithm } from '../domain/application.ts'
import type { PublicJwk } from '../domain/signing-keys.ts'
import { tokenHash } from './token.ts'

const generate = promisify(generateKeyPair)

/** A new pair: RSA 2048, P-256 or Ed25519. `kid` is the JWK thumbprint (RFC 7638), so it names the key and nothing else. */
export async function generateSigningKey(algorithm: SigningAlgorithm) {
  const { privateKey, publicKey } = await pairFor(algorithm)
  const publicJwk = publicJwkOf(publicKey)
  return {
    kid: thumbprint(publicJwk),
    algorithm,
    publicJwk,
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

function pairFor(algorithm: SigningAlgorithm): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  switch (algorithm) {
    case 'RS256':
      return generate('rsa', { modulusLength: 2048 })
    case 'ES256':
      return generate('ec', { namedCurve: 'P-256' })
    case 'EdDSA':
      return generate('ed25519', {})
  }
}

function publicJwkOf(key: KeyObject): PublicJwk {
  const { kty, n, e, crv, x, y } = key.export({ format: 'jwk' })
  if (kty === 'RSA') return { kty, n: n!, e: e! }
  if (kty === 'EC') return { kty, crv: crv as 'P-256', x: x!, y: y! }
  return { kty: 'OKP', crv: 'Ed25519', x: x! }
}

/** RFC 7638 3.2: the required members in lexicographic order. */
function thumbprint(jwk: PublicJwk): string {
  const members = Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return tokenHash(JSON.stringify(Object.fromEntries(members)))
}

/** JWS wants the two numbers of an ECDSA signature side by side (RFC 7518 3.4), where Node by default writes them as DER. */
const SIGNATURE_FORM = { dsaEncoding: 'ieee-p1363' } as const

/**
 * A private key to sign with. The form of its signatures stands on the key itself, where `sign` looks for it: around an object with the
 * key in it Node throws and catches an error first, which takes half as long as signing.
 */
export const privateKeyOf = (pkcs8: string): KeyObject => Object.assign(createPrivateKey(pkcs8), SIGNATURE_FORM)
export const publicKeyOf = (jwk: PublicJwk): KeyObject => createPublicKey({ key: { ...jwk }, format: 'jwk' })
