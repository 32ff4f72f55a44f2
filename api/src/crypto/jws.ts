import { type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { SigningAlgorithm } from '../domain/application.ts'

const signAsync = promisify(sign)
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** `privateKey` comes from `privateKeyOf`. */
export type SigningKey = { kid: string; algorithm: SigningAlgorithm; privateKey: KeyObject }

/**
 * A signed JWT in compact form (RFC 7519, RFC 7515 7.1). Elliptic curves sign in place, in some 30 microseconds; RSA takes ten
 * times as long and goes to the thread pool.
 */
export async function signJwt(key: SigningKey, typ: string, claims: object): Promise<string> {
  const input = `${headerOf(key, typ)}.${encode(claims)}`
  return `${input}.${(await signature(key, Buffer.from(input))).toString('base64url')}`
}

const headers = new WeakMap<KeyObject, Map<string, string>>()

/** What a key signs has a header of few kinds, which are written out once. */
function headerOf({ algorithm, kid, privateKey }: SigningKey, typ: string): string {
  const ofKey = headers.get(privateKey) ?? new Map<string, string>()
  const header = ofKey.get(typ) ?? encode({ alg: algorithm, typ, kid })
  headers.set(privateKey, ofKey.set(typ, header))
  return header
}

function signature({ algorithm, privateKey }: SigningKey, input: Buffer): Buffer | Promise<Buffer> {
  switch (algorithm) {
    case 'RS256':
      return signAsync('sha256', input, privateKey)
    case 'ES256':
      return sign('sha256', input, privateKey)
    case 'EdDSA':
      return sign(null, input, privateKey)
  }
}
