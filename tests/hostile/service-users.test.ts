import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { json } from './harness/http.ts'
import { bringClient, bringGrant, claimsFor, keys, newKey, SERVICES, signed } from './harness/machines.ts'
import { withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { basic, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld({ configuration: withA(SERVICES) })
const { rp } = world
const issuer = world.server.issuer
const claims = (more: object = {}) => claimsFor(issuer, 'svc-a', more)
const introspect = (token: string, clientId: string) => rp.post('/oauth/v2/introspect', { token }, basic(clientId))

test('N180 SVC - an assertion works once, for a grant and for a client, also of ten that race', async () => {
  const grant = signed(keys.a, claims())
  const answers = await Promise.all(Array.from({ length: 10 }, () => bringGrant(world, grant)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expectRefused(await bringGrant(world, grant), 'invalid_grant')
  const client = signed(keys.client, claimsFor(issuer, 'signer'))
  expectRefused(await bringClient(world, client), 'invalid_grant')
  expectRefused(await bringClient(world, client), 'invalid_client')
})

describe('N181 SVC - what an assertion says', () => {
  const now = Math.floor(Date.now() / 1000)
  test.each([
    ['another issuer', { aud: 'https://evil.test' }],
    ['two audiences', { aud: [issuer, 'https://evil.test'] }],
    ['an array', { aud: [issuer] }],
    ['the token endpoint', { aud: `${issuer}/oauth/v2/token` }],
    ['no end', { exp: undefined }],
    ['an end in ten years', { exp: now + 315_360_000 }],
    ['made tomorrow', { iat: now + 86_400 }],
    ['not before tomorrow', { nbf: now + 86_400 }],
    ['by another', { iss: 'svc-b' }],
    ['about another', { sub: 'svc-b' }],
  ])('%s is refused', async (_name, wrong) => {
    expectRefused(await bringGrant(world, signed(keys.a, claims(wrong))), 'invalid_grant')
    const asClient = 'iss' in wrong || 'sub' in wrong ? { iss: 'askerA' } : wrong
    expectRefused(
      await bringClient(world, signed(keys.client, claimsFor(issuer, 'signer', asClient))),
      'invalid_client',
    )
  })

  test('the issuer alone is accepted', async () => {
    tokensOf(await bringGrant(world, signed(keys.a, claims())))
  })
})

test('N183 SVC - a key of another, of nobody, another’s kid, no algorithm and a shared secret prove nothing', async () => {
  const thief = newKey('key-a')
  expectRefused(await bringGrant(world, signed(keys.b, claims())), 'invalid_grant')
  expectRefused(await bringGrant(world, signed(keys.b, claims(), { kid: 'key-a' })), 'invalid_grant')
  expectRefused(await bringGrant(world, signed(keys.a, claims(), { kid: 'key-b' })), 'invalid_grant')
  expectRefused(await bringGrant(world, signed(thief, claims(), { jwk: thief.publicJwk })), 'invalid_grant')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  expectRefused(await bringGrant(world, `${part({ alg: 'none', kid: 'key-a' })}.${part(claims())}.`), 'invalid_grant')
  const input = `${part({ alg: 'HS256', kid: 'key-a' })}.${part(claims())}`
  const mac = createHmac('sha256', JSON.stringify(keys.a.publicJwk)).update(input).digest('base64url')
  expectRefused(await bringGrant(world, `${input}.${mac}`), 'invalid_grant')
})

test('N171 TOKEN - a client assertion is no grant assertion, nor the reverse, and neither is an access token', async () => {
  const typed = { typ: 'client-authentication+jwt' }
  expectRefused(await bringGrant(world, signed(keys.a, claims(), typed)), 'invalid_grant')
  expectRefused(await bringGrant(world, signed(keys.client, claimsFor(issuer, 'signer'))), 'invalid_grant')
  expectRefused(await bringClient(world, signed(keys.a, claims())), 'invalid_client')
  expectRefused(await rp.userinfo(signed(keys.a, claims(), { typ: 'at+jwt' })), 'invalid_token')
})

test('N174 TOKEN - without authentication nobody hears of a token, and who is not meant hears nothing', async () => {
  const { access_token } = await rp.obtainTokens(world.browser(), 'askerA', 'bob')
  expectRefused(await rp.post('/oauth/v2/introspect', { token: access_token }), 'invalid_client')
  expectRefused(
    await rp.post('/oauth/v2/introspect', { token: access_token, client_id: 'clientPub' }),
    'invalid_client',
  )
  for (const [token, by] of [
    [access_token, 'askerB'],
    ['unknown', 'askerA'],
    [`${access_token}A`, 'askerA'],
  ] as const)
    expect(json(await introspect(token, by))).toEqual({ active: false })
  expect(json(await introspect(access_token, 'askerA'))).toMatchObject({ active: true, client_id: 'askerA' })
})

test('N175 TOKEN - another client’s token is not revoked, and the answer does not tell', async () => {
  const tokens = await rp.obtainTokens(world.browser(), 'askerA', 'bob')
  for (const token of [tokens.refresh_token, tokens.access_token, 'unknown'])
    expect(await rp.post('/oauth/v2/revoke', { token }, basic('askerB'))).toMatchObject({ status: 200, body: '' })
  expect((await rp.userinfo(tokens.access_token)).status).toBe(200)
  expect((await rp.post('/oauth/v2/revoke', { token: tokens.refresh_token }, basic('askerA'))).status).toBe(200)
  expectRefused(await rp.userinfo(tokens.access_token), 'invalid_token')
})

test('N185 SVC - a deactivated service user has nothing from then on', async () => {
  const { access_token } = tokensOf(await bringGrant(world, signed(keys.b, claimsFor(issuer, 'svc-b'))))
  expect((await rp.userinfo(access_token)).status).toBe(200)
  const [svcB] = SERVICES.serviceUsers.slice(1)
  await world.apply(withA({ serviceUsers: [{ ...svcB, state: 'deactivated' }] }))
  expectRefused(await rp.userinfo(access_token), 'invalid_token')
  expectRefused(await bringGrant(world, signed(keys.b, claimsFor(issuer, 'svc-b'))), 'invalid_grant')
})
