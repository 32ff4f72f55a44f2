import { createPrivateKey, hash, randomBytes, sign } from 'node:crypto'

/** 256 random bits; only their digest is stored. */
export const createSecret = () => randomBytes(32).toString('base64url')

export const digest = (secret: string) => hash('sha256', secret, 'base64url')

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** In: a P-256 key as JWK text. Out: a function that signs claims as an ES256 JWT, and the key's public half. */
export function createSigner(jwk: string) {
  const { d: _, ...publicJwk } = JSON.parse(jwk)
  const key = createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' })
  const header = encode({ alg: 'ES256', kid: publicJwk.kid })
  return {
    publicJwk,
    sign(claims: Record<string, unknown>): string {
      const text = `${header}.${encode(claims)}`
      return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
    },
  }
}
