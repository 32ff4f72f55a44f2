import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'

/** The API that tokens are asked for. */
export const VAULT = 'https://vault.acme.test/'
export const ROBOT = { clientId: 'robot', subject: '165467338479501569', keyId: 'key-of-robot' }

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const robotKey = pair()
export const signerKey = pair()
const jwk = ({ publicKey }: { publicKey: KeyObject }, more: object = {}) => ({
  ...publicKey.export({ format: 'jwk' }),
  ...more,
})

/** Programs of Acme: one with a secret, one with a key, an API, and a service user. */
export const machines = (secretSha256: string[]) => ({
  projects: [{ id: 'treasury', name: 'Treasury', roles: ['clerk'] }],
  applications: [
    {
      clientId: 'batch',
      name: 'Batch',
      type: 'api',
      secretSha256,
      grantTypes: ['client_credentials'],
      settings: { idTokenAlgorithm: 'ES256', accessTokenFormat: 'jwt' },
    },
    {
      clientId: 'signer',
      name: 'Signer',
      type: 'api',
      grantTypes: ['client_credentials'],
      settings: { authenticationMethod: 'private_key_jwt', jwks: { keys: [jwk(signerKey, { kid: 'one' })] } },
    },
    { clientId: 'vault', name: 'Vault', type: 'api', secretSha256, settings: { resources: [VAULT] } },
    { clientId: 'till', name: 'Till', type: 'api', secretSha256, project: 'treasury' },
  ],
  serviceUsers: [
    {
      clientId: ROBOT.clientId,
      name: 'Robot',
      subject: ROBOT.subject,
      keys: [{ id: ROBOT.keyId, publicKey: jwk(robotKey) }],
      projectRoles: [{ project: 'treasury', roles: ['clerk'] }],
    },
  ],
})

/** What a program with a key file sends: a JWT by and about itself. */
export function robotAssertion(issuer: string, claims: object = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const said = { iss: ROBOT.subject, sub: ROBOT.subject, aud: issuer, iat: now, exp: now + 60, jti: randomUUID() }
  const input = `${part({ alg: 'ES256', kid: ROBOT.keyId })}.${part({ ...said, ...claims })}`
  const signature = sign('sha256', Buffer.from(input), { key: robotKey.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

export const privateKeyOf = ({ privateKey }: { privateKey: KeyObject }): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', privateKey.export({ format: 'jwk' }), { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])
