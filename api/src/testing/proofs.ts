import { randomUUID } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { tokenHash } from '../crypto/token.ts'
import { ISSUER, type World } from './world.ts'

type Changes = { header?: Record<string, unknown>; claims?: Record<string, unknown>; accessToken?: string }

/** A key of an application, and the proofs that an independent library makes with it (RFC 9449 4.2). */
export async function createProver({ clock }: Pick<World, 'clock'>, alg = 'ES256') {
  const pair = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(pair.publicKey)
  const prove = (method: string, path: string, { header, claims, accessToken }: Changes = {}): Promise<string> =>
    new SignJWT({
      jti: randomUUID(),
      htm: method,
      htu: ISSUER + path,
      iat: Math.floor(clock.now() / 1000),
      ...(accessToken === undefined ? {} : { ath: tokenHash(accessToken) }),
      ...claims,
    })
      .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk: jwk as JWK, ...header })
      .sign(pair.privateKey)
  /** Signed as a proof is, whatever it says. */
  const proveRaw = (payload: string): Promise<string> =>
    new CompactSign(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk: jwk as JWK })
      .sign(pair.privateKey)
  return { proveRaw, jwk, jkt: await calculateJwkThumbprint(jwk), privateJwk: await exportJWK(pair.privateKey), prove }
}

export type Prover = Awaited<ReturnType<typeof createProver>>
