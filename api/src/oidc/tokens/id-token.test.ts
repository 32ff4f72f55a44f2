import { hash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { jsonOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import type { Tokens } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { verifyJwt } from '../../testing/tokens.ts'

test('ID1 header and claims of an ID token', async () => {
  const { world, tokens, clock, userId } = await createScene()
  const started = clock.now() / 1000
  const { id_token = '' } = await tokens({ nonce: 'n-0S6' })
  const { header, claims } = await verifyJwt(world, id_token)
  expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.stringMatching(/^[\w-]{43}$/) })
  expect(claims).toEqual({
    iss: 'http://localhost:3000',
    sub: userId,
    aud: 'ledger',
    azp: 'ledger',
    exp: started + 43_200,
    iat: started,
    auth_time: started,
    nonce: 'n-0S6',
    acr: 'aal1',
    amr: ['pwd'],
    at_hash: expect.any(String),
    sid: expect.stringMatching(/^ses_/),
  })
})

test.each([
  ['RS256', 'sha256'],
  ['ES256', 'sha256'],
  ['EdDSA', 'sha512'],
] as const)('ID1 a client may choose %s, and at_hash follows', async (algorithm, digest) => {
  const { world, tokens } = await createScene({ application: { settings: { idTokenAlgorithm: algorithm } } })
  const { id_token = '', access_token } = await tokens()
  const { header, claims } = await verifyJwt(world, id_token)
  expect(header.alg).toBe(algorithm)
  const full = hash(digest, access_token, 'buffer')
  expect(claims.at_hash).toBe(full.subarray(0, full.length / 2).toString('base64url'))
})

const EVERYTHING = 'openid profile email phone address'

test('ID2 nothing unrequested is inside', async () => {
  const { tokens } = await createScene({ user: { phone: '+41441234567' } })
  const names = Object.keys(decodeJwt((await tokens({ scope: EVERYTHING })).id_token!))
  expect(names.toSorted()).toEqual([
    'acr',
    'amr',
    'at_hash',
    'aud',
    'auth_time',
    'azp',
    'exp',
    'iat',
    'iss',
    'sid',
    'sub',
  ])
})

test('ID3 sub is the subject an import brought along, at every endpoint', async () => {
  const { world, tokens, userinfo, userId } = await createScene({
    application: { settings: { accessTokenFormat: 'jwt' } },
  })
  await change(world, 'users', userId, { subject: 'imported-17' })
  const granted = await tokens()
  expect(decodeJwt(granted.id_token!).sub).toBe('imported-17')
  expect(decodeJwt(granted.access_token).sub).toBe('imported-17')
  expect(await jsonOf(await userinfo(granted))).toMatchObject({ sub: 'imported-17' })
})

test('ID4 auth_time is the time of the check, not of the token', async () => {
  const { tokens, authorize, redeem, clock } = await createScene()
  const { auth_time } = decodeJwt((await tokens()).id_token!)
  clock.advance(500)
  const code = new URL((await authorize()).headers.get('location')!).searchParams.get('code')!
  const later = decodeJwt((await jsonOf<Tokens>(await redeem(code))).id_token!)
  expect(later).toMatchObject({ auth_time, acr: 'aal1', amr: ['pwd'] })
  expect(later.iat).toBe((auth_time as number) + 500)
})

test('ID5 a password alone is pwd, and no more is claimed', async () => {
  const { tokens } = await createScene()
  expect(decodeJwt((await tokens()).id_token!)).toMatchObject({ amr: ['pwd'], acr: 'aal1' })
})

test('ID6 with the switch on the claims of the scopes are inside', async () => {
  const { tokens } = await createScene({ application: { settings: { userInfoInIdToken: true } } })
  const claims = decodeJwt((await tokens({ scope: 'openid email' })).id_token!)
  expect(claims).toMatchObject({ email: 'bob@acme.test', email_verified: true })
  expect(claims).not.toHaveProperty('name')
})

test('ID6 nothing that a person says of themselves replaces a claim of ours', async () => {
  const { world, tokens, userId } = await createScene({ application: { settings: { userInfoInIdToken: true } } })
  await change(world, 'users', userId, {
    profile: { sub: 'evil', iss: 'evil', nickname: 'bobby' } as { nickname: string },
  })
  const { claims } = await verifyJwt(world, (await tokens({ scope: 'openid profile' })).id_token!)
  expect(claims).toMatchObject({ sub: userId, iss: 'http://localhost:3000', nickname: 'bobby' })
})

test('ID7 the types are those of the standard, and nothing is null or empty', async () => {
  const { world, tokens, userinfo, userId, clock } = await createScene({
    user: { phone: '+41441234567', emailVerified: false },
  })
  await change(world, 'users', userId, {
    profile: { birthdate: '0000-03-04', address: { locality: 'Zug', country: '' }, website: '' },
  })
  const claims = await jsonOf(await userinfo(await tokens({ scope: EVERYTHING })))
  expect(claims).toEqual({
    sub: userId,
    name: 'bob of the tests',
    preferred_username: 'bob',
    birthdate: '0000-03-04',
    updated_at: clock.now() / 1000,
    email: 'bob@acme.test',
    email_verified: false,
    phone_number: '+41441234567',
    phone_number_verified: true,
    address: { locality: 'Zug' },
  })
})

test('ID8 email_verified turns false in the next token after the address changed', async () => {
  const scene = await createScene({ application: { settings: { userInfoInIdToken: true, consent: 'never' } } })
  const first = await scene.tokens({ scope: 'openid email offline_access' })
  expect(decodeJwt(first.id_token!)).toMatchObject({ email: 'bob@acme.test', email_verified: true })
  const { identifiers } = scene.deps.db.tables
  const address = and(eq(identifiers.userId, scene.userId), eq(identifiers.kind, 'email'))
  await scene.deps.db.query.update(identifiers).set({ value: 'new@acme.test', verifiedAt: null }).where(address)
  const second = await jsonOf<Tokens>(await scene.refresh(first))
  expect(decodeJwt(second.id_token!)).toMatchObject({ email: 'new@acme.test', email_verified: false })
})

test('LT7 the clock skew of an application widens iat and exp', async () => {
  const { tokens, clock } = await createScene({ application: { settings: { clockSkew: 5, idTokenLifetime: 60 } } })
  const now = clock.now() / 1000
  expect(decodeJwt((await tokens()).id_token!)).toMatchObject({ iat: now - 5, exp: now + 65, auth_time: now })
})
