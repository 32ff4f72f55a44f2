import { createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import * as oidc from 'openid-client'
import { privateKeyOf, ROBOT, robotAssertion, signerKey, VAULT } from '../support/machines.ts'
import { SECRET } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** http is for the tests. */
const connect = ({ origin }: World, clientId: string, authentication?: oidc.ClientAuth) =>
  oidc.discovery(new URL(origin), clientId, undefined, authentication ?? oidc.ClientSecretBasic(SECRET), {
    execute: [oidc.allowInsecureRequests],
  })

test('openid-client acts for itself with client_credentials, for the API that it asks for, which hears of it', async ({
  world,
}) => {
  const batch = await connect(world, 'batch')
  const tokens = await oidc.clientCredentialsGrant(batch, { scope: 'openid', resource: VAULT })
  expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'openid' })
  expect([tokens.refresh_token, tokens.id_token]).toEqual([undefined, undefined])
  const [, payload = ''] = tokens.access_token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  expect(claims).toMatchObject({ iss: world.origin, sub: 'batch', client_id: 'batch', aud: VAULT })

  const vault = await connect(world, 'vault')
  const about = await oidc.tokenIntrospection(vault, tokens.access_token)
  expect(about).toMatchObject({ active: true, client_id: 'batch', sub: 'batch', aud: [VAULT], scope: 'openid' })
  const other = await connect(world, 'till')
  expect(await oidc.tokenIntrospection(other, tokens.access_token)).toEqual({ active: false })

  await oidc.tokenRevocation(batch, tokens.access_token)
  expect(await oidc.tokenIntrospection(vault, tokens.access_token)).toEqual({ active: false })
})

test('openid-client proves itself with private_key_jwt', async ({ world }) => {
  const key = { key: await privateKeyOf(signerKey), kid: 'one' }
  const signer = await connect(world, 'signer', oidc.PrivateKeyJwt(key))
  const first = await oidc.clientCredentialsGrant(signer)
  expect((await oidc.clientCredentialsGrant(signer)).access_token).not.toBe(first.access_token)
  const nobody = await connect(world, 'signer', oidc.ClientSecretBasic(SECRET))
  await expect(oidc.clientCredentialsGrant(nobody)).rejects.toMatchObject({ status: 401 })
})

test('openid-client brings a service user’s assertion, once', async ({ world }) => {
  const robot = await connect(world, ROBOT.clientId, oidc.None())
  const assertion = robotAssertion(world.origin)
  const scope = 'openid profile urn:zitadel:iam:org:project:id:treasury:aud urn:zitadel:iam:org:projects:roles'
  const tokens = await oidc.genericGrantRequest(robot, JWT_BEARER, { assertion, scope })
  const person = await oidc.fetchUserInfo(robot, tokens.access_token, ROBOT.subject)
  expect(person).toMatchObject({ sub: ROBOT.subject, name: 'Robot' })
  const roles = {
    clerk: { [Object.keys(Object(person['urn:zitadel:iam:org:project:treasury:roles']).clerk)[0]!]: 'acme.test' },
  }
  expect(person['urn:zitadel:iam:org:project:treasury:roles']).toEqual(roles)
  const till = await connect(world, 'till')
  expect(await oidc.tokenIntrospection(till, tokens.access_token)).toMatchObject({ active: true, sub: ROBOT.subject })
  await expect(oidc.genericGrantRequest(robot, JWT_BEARER, { assertion })).rejects.toMatchObject({
    error: 'invalid_grant',
  })
})

test('a program does with its key file what @zitadel/node does, and has its roles', async ({ world }) => {
  const file = JSON.parse(await world.vestibule('service-user', 'key', ROBOT.clientId))
  expect(file).toMatchObject({ type: 'serviceaccount', userId: ROBOT.subject })
  // RS256, valid for an hour, the issuer as audience, and no jti
  const assertion = await new SignJWT({})
    .setProtectedHeader({ kid: file.keyId, alg: 'RS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .setAudience(world.origin)
    .setIssuer(file.userId)
    .setSubject(file.userId)
    .sign(createPrivateKey(file.key))
  const scope = 'openid urn:zitadel:iam:org:project:id:treasury:aud urn:zitadel:iam:org:projects:roles'
  // its token request names no client
  const body = new URLSearchParams({ assertion, grant_type: JWT_BEARER, scope })
  const response = await fetch(`${world.origin}/oauth/v2/token`, { method: 'POST', body })
  const { access_token } = (await response.json()) as { access_token: string }
  const till = await connect(world, 'till')
  const about = await oidc.tokenIntrospection(till, access_token)
  expect(about).toMatchObject({ active: true, sub: ROBOT.subject, iss: world.origin })
  expect(about['urn:zitadel:iam:org:project:treasury:roles']).toMatchObject({ clerk: expect.anything() })
})

test('oauth4webapi acts for itself, asks about its token and takes it back', async ({ world }) => {
  const http = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(world.origin)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http))
  const client: oauth.Client = { client_id: 'signer' }
  const authentication = oauth.PrivateKeyJwt({ key: await privateKeyOf(signerKey), kid: 'one' })
  const asked = await oauth.clientCredentialsGrantRequest(server, client, authentication, { scope: 'openid' }, http)
  const tokens = await oauth.processClientCredentialsResponse(server, client, asked)
  const introspect = async () => {
    const answer = await oauth.introspectionRequest(server, client, authentication, tokens.access_token, http)
    return oauth.processIntrospectionResponse(server, client, answer)
  }
  expect(await introspect()).toMatchObject({ active: true, client_id: 'signer', token_type: 'Bearer' })
  const revoked = await oauth.revocationRequest(server, client, authentication, tokens.access_token, http)
  expect(await oauth.processRevocationResponse(revoked)).toBeUndefined()
  expect(await introspect()).toEqual({ active: false })
})
