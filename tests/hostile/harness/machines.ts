import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { Answer } from './http.ts'
import { application } from './people.ts'
import type { World } from './world.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
export type Key = { kid: string; privateKey: KeyObject; publicJwk: object }

export function newKey(kid: string): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { kid, privateKey, publicJwk: publicKey.export({ format: 'jwk' }) }
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT with exactly these claims and this header; what is undefined is left out. */
export function signed({ kid, privateKey }: Key, claims: object, header: object = {}): string {
  const input = `${part({ alg: 'ES256', kid, ...header })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

/** What a careful program says: by itself, about itself, for this issuer, for a minute. */
export const claimsFor = (issuer: string, party: string, more: object = {}) => {
  const now = Math.floor(Date.now() / 1000)
  return { iss: party, sub: party, aud: issuer, iat: now, exp: now + 60, jti: randomUUID(), ...more }
}

export const keys = { a: newKey('key-a'), b: newKey('key-b'), client: newKey('key-client') }

/** Service users of organization A with keys, and a client with one. */
export const SERVICES = {
  applications: [
    application({ clientId: 'askerA', type: 'api' }),
    application({ clientId: 'askerB', type: 'api' }),
    {
      ...application({ clientId: 'signer', type: 'api' }),
      secretSha256: undefined,
      settings: {
        authenticationMethod: 'private_key_jwt',
        jwks: { keys: [{ ...keys.client.publicJwk, kid: 'key-client' }] },
      },
    },
  ],
  serviceUsers: [
    { clientId: 'svcA', name: 'A', subject: 'svc-a', keys: [{ id: 'key-a', publicKey: keys.a.publicJwk }] },
    { clientId: 'svcB', name: 'B', subject: 'svc-b', keys: [{ id: 'key-b', publicKey: keys.b.publicJwk }] },
  ],
}

export const bringGrant = ({ rp }: World, assertion: string, form: Record<string, string> = {}): Promise<Answer> =>
  rp.post(rp.endpoints.TOKEN, { grant_type: JWT_BEARER, assertion, scope: 'openid', ...form })

export const bringClient = ({ rp }: World, assertion: string): Promise<Answer> =>
  rp.post(rp.endpoints.TOKEN, {
    grant_type: 'authorization_code',
    code: 'x',
    redirect_uri: 'x',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
