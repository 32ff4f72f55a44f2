import { jwtVerify } from 'jose'
import { check } from '../driver/expect.ts'
import type { Running } from './running.ts'

/** Each token's claims are read; the signature of one in this many is verified, because the driver has one core. */
const SIGNATURE_SAMPLE = 50
let seen = 0

const parse = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

/** Checks an ID token (OpenID Connect Core 1.0, 3.1.3.7), with the nonce where one is known. Out: its `sub`. */
export async function checkIdToken(token: unknown, running: Running, nonce?: string): Promise<string> {
  check(typeof token === 'string', 'no ID token')
  const parts = token.split('.')
  const header = parse(parts[0])
  const claims = parse(parts[1])
  const now = Date.now() / 1000
  check(parts.length === 3 && parts[2]?.length === 86, 'not a P-256 signature')
  check(header.alg === 'ES256' && header.kid, `signed with ${header.alg}`)
  check(claims.iss === running.metadata.issuer && claims.aud === running.client.id, 'issued to or by somebody else')
  check(claims.exp > now && claims.iat <= now + 1, 'not valid now')
  check(nonce === undefined || claims.nonce === nonce, 'another nonce')
  check(typeof claims.sub === 'string' && claims.sub, 'about nobody')
  if (seen++ % SIGNATURE_SAMPLE === 0) {
    const { iss: issuer } = claims
    await jwtVerify(token, running.keys, { algorithms: ['ES256'], issuer, audience: running.client.id })
  }
  return claims.sub
}
