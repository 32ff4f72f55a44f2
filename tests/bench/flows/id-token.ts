import { type JWTPayload, jwtVerify } from 'jose'
import { check } from '../driver/expect.ts'
import type { Running } from './running.ts'

/** Each token's claims are read; the signature of one in this many is verified, because the driver has one core. */
const SIGNATURE_SAMPLE = 50
let seen = 0

const parse = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

/** Checks an ID token (OpenID Connect Core 1.0, 3.1.3.7), with the nonce where one is known. Out: its `sub`. */
export async function checkIdToken(token: unknown, running: Running, nonce?: string): Promise<string> {
  const { sub, ...claims } = await checkSigned(token, running, running.client.id)
  check(nonce === undefined || claims.nonce === nonce, 'another nonce')
  check(typeof sub === 'string' && sub, 'about nobody')
  return sub
}

/** Checks a JWT of this server. Out: its claims. */
export async function checkSigned(token: unknown, running: Running, audience: string): Promise<JWTPayload> {
  check(typeof token === 'string', 'no JWT')
  const parts = token.split('.')
  const header = parse(parts[0])
  const claims = parse(parts[1])
  const now = Date.now() / 1000
  check(parts.length === 3 && parts[2]?.length === 86, 'not a P-256 signature')
  check(header.alg === 'ES256' && header.kid, `signed with ${header.alg}`)
  check(claims.iss === running.metadata.issuer && claims.aud === audience, 'issued to or by somebody else')
  check(claims.exp > now && claims.iat <= now + 1, 'not valid now')
  if (seen++ % SIGNATURE_SAMPLE === 0) {
    const { iss: issuer } = claims
    await jwtVerify(token, running.keys, { algorithms: ['ES256'], issuer, audience })
  }
  return claims
}
