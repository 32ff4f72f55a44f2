import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectOAuthError } from '../../testing/answers.ts'
import { assertionClaims, newKey, signed, type TestKey } from '../../testing/assertions.ts'
import { basic, postForm } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { type ApplicationOptions, ISSUER, REDIRECT_URI, SECRET } from '../../testing/world.ts'
import { CLIENT_ASSERTION_TYPE } from './client-assertion.ts'

type Settings = NonNullable<ApplicationOptions['settings']>

/** A request that fails for its code alone once the client is known. */
const knock = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' }
const key = newKey()

async function createClient(settings: Settings = {}, keys: TestKey[] = [key]) {
  const jwks = settings.jwksUri ? null : { keys: keys.map(({ jwk }) => jwk) }
  const scene = await createScene({
    application: { secretHashes: [], settings: { authenticationMethod: 'private_key_jwt', jwks, ...settings } },
  })
  const { world } = scene
  const post = (form: Record<string, string>, headers = {}) =>
    postForm(world, '/oauth/v2/token', { ...knock, ...form }, headers)
  const bring = (assertion: string, form: Record<string, string> = {}) =>
    post({ client_assertion_type: CLIENT_ASSERTION_TYPE, client_assertion: assertion, ...form })
  const make = (more: object = {}, header: object = {}, by = key) =>
    signed(by, assertionClaims(world, 'ledger', more), header)
  return { ...scene, post, bring, make }
}

const isKnown = (answer: Response) => expectOAuthError(answer, 400, 'invalid_grant')
const isRefused = (answer: Response) => expectOAuthError(answer, 401, 'invalid_client')

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('CA10 private_key_jwt with %s', async (algorithm) => {
  const own = newKey(algorithm)
  const { bring, make } = await createClient({}, [own])
  await isKnown(await bring(make({}, {}, own)))
  await isKnown(await bring(make({}, { kid: undefined }, own), { client_id: 'ledger' }))
})

test('CA10 a client that registered one algorithm uses that one', async () => {
  const [rsa, pss] = [newKey('RS256', 'one'), newKey('PS256', 'two')]
  const { bring, make } = await createClient({ assertionAlgorithm: 'PS256' }, [rsa, pss])
  await isRefused(await bring(make({}, {}, rsa)))
  await isKnown(await bring(make({}, {}, pss)))
})

test('CA10 a key that was rotated at jwks_uri works after one refetch', async () => {
  const next = newKey('ES256', 'two')
  const scene = await createClient({ jwksUri: 'https://rp.test/keys' })
  const { deps, bring, make, clock } = scene
  const published = { keys: [key.jwk] }
  const asked: string[] = []
  const { createRemoteKeys } = await import('../../outbound/remote-keys.ts')
  const outbound = async ({ url }: { url: string }) => {
    asked.push(url)
    return { status: 200, headers: {}, body: JSON.stringify(published) }
  }
  deps.remoteKeys = createRemoteKeys({ outbound, now: clock.now })
  await isKnown(await bring(make()))
  published.keys = [next.jwk]
  await isRefused(await bring(make({}, {}, next)))
  clock.advance(60)
  await isKnown(await bring(make({}, {}, next)))
  for (let at = 0; at < 5; at++) await isRefused(await bring(make({}, { kid: `guess ${at}` }, next)))
  expect(asked).toEqual(['https://rp.test/keys', 'https://rp.test/keys'])
})

test('CA2 two methods at once', async () => {
  const { bring, make, post } = await createClient()
  await expectOAuthError(await bring(make(), { client_secret: SECRET, client_id: 'ledger' }), 400, 'invalid_request')
  const form = { client_assertion_type: CLIENT_ASSERTION_TYPE, client_assertion: make() }
  await expectOAuthError(await post(form, { authorization: basic('ledger') }), 400, 'invalid_request')
})

test('CA2 a client_id in the body that differs from the authenticated one', async () => {
  const { bring, make } = await createClient()
  await isRefused(await bring(make(), { client_id: 'other' }))
})

test('CA3 another method than the registered one', async () => {
  const { world, bring, make, post } = await createClient()
  await world.addApplication('other')
  await isRefused(await bring(make({ iss: 'other', sub: 'other' })))
  await isRefused(await post({ client_id: 'ledger', client_secret: SECRET }))
  await isRefused(await post({ client_id: 'ledger' }))
})

test.each<Record<string, string>>([
  { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer', client_assertion: 'x' },
  { client_assertion_type: CLIENT_ASSERTION_TYPE },
  { client_assertion: 'x.x.x' },
])('CA5 half a method is invalid_request: %j', async (form) => {
  const { post } = await createClient()
  await expectOAuthError(await post(form), 400, 'invalid_request')
})

test.each([
  ['iss of another', { iss: 'other' }],
  ['sub of another', { sub: 'other' }],
  ['no iss', { iss: undefined }],
  ['no exp', { exp: undefined }],
  ['exp that is no number', { exp: '9999999999' }],
  ['N181 exp in ten years', { exp: 2_082_758_400 }],
  ['N181 aud of another', { aud: 'https://evil.test' }],
  ['CA8 aud with a slash', { aud: `${ISSUER}/` }],
  ['CA8 aud in an array', { aud: [ISSUER] }],
  ['CA8 aud of two', { aud: [ISSUER, 'https://evil.test'] }],
  ['CA8 the token endpoint', { aud: `${ISSUER}/oauth/v2/token` }],
  ['CA8 the PAR endpoint', { aud: `${ISSUER}/oauth/v2/par` }],
  ['no aud', { aud: undefined }],
])('CA6 %s is refused', async (_name, claims) => {
  const { bring, make } = await createClient()
  await isRefused(await bring(make(claims)))
  await isKnown(await bring(make()))
})

test.each([
  ['exp', -31, false],
  ['exp', -29, true],
  ['exp', 3_600, true],
  ['exp', 3_631, false],
  ['iat', 8, true],
  ['iat', 60, false],
  ['nbf', 8, true],
  ['nbf', 60, false],
  ['nbf', -3_600, true],
])('CA6 %s %i s from now: %s', async (name, seconds, works) => {
  const { bring, make, clock } = await createClient()
  const answer = await bring(make({ [name]: Math.floor(clock.now() / 1000) + seconds }))
  await (works ? isKnown(answer) : isRefused(answer))
})

test.each([
  ['client-authentication+jwt', true, true],
  ['CLIENT-AUTHENTICATION+JWT', true, true],
  ['JWT', true, false],
  ['at+jwt', false, false],
  ['dpop+jwt', false, false],
  ['authorization-grant+jwt', false, false],
  ['logout+jwt', false, false],
])('CA6, G13 typ %s: %s, and where it is required %s', async (typ, usually, strictly) => {
  for (const [requireAssertionType, works] of [
    [false, usually],
    [true, strictly],
  ] as const) {
    const { bring, make } = await createClient({ requireAssertionType })
    const answer = await bring(make({}, { typ }))
    await (works ? isKnown(answer) : isRefused(answer))
  }
})

test('CA7, N180 an assertion works once, also of ten that bring it at once, and after its jti was used by another client', async () => {
  const { world, bring, make } = await createClient()
  const other = newKey()
  const settings: Settings = { authenticationMethod: 'private_key_jwt', jwks: { keys: [other.jwk] } }
  await world.addApplication('other', { settings })
  await isKnown(await bring(signed(other, assertionClaims(world, 'other', { jti: 'same' }))))
  const assertion = make({ jti: 'same' })
  const answers = await Promise.all(Array.from({ length: 10 }, () => bring(assertion)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([400, ...Array(9).fill(401)])
  await isRefused(await bring(make({ jti: 'same' })))
})

test.each([undefined, ''])('CA7 an assertion with jti %j works once too', async (jti) => {
  const { bring, make, clock } = await createClient()
  const assertion = make({ jti })
  await isKnown(await bring(assertion))
  await isRefused(await bring(assertion))
  clock.advance(1)
  await isKnown(await bring(make({ jti })))
})

test('CA7 what is brought with one that was used stays unspent, and the one that was refused is spent', async () => {
  const { bring, make, signIn } = await createClient({ consent: 'never' })
  const code = await signIn()
  const [used, fresh] = [make(), make()]
  await expectOAuthError(await bring(used, { grant_type: 'password' }), 400, 'unsupported_grant_type')
  await isRefused(await bring(used, { code, redirect_uri: REDIRECT_URI }))
  expect((await bring(fresh, { code, redirect_uri: REDIRECT_URI })).status).toBe(200)
})

test('CA7 it is remembered until it has expired', async () => {
  const { deps, bring, make, clock } = await createClient()
  const { cleanUp } = await import('../../jobs/clean-up.ts')
  const assertion = make()
  await isKnown(await bring(assertion))
  clock.advance(89)
  await cleanUp(deps)
  await isRefused(await bring(assertion))
  clock.advance(2)
  await cleanUp(deps)
  expect(await deps.db.query.select().from(deps.db.tables.spentProofs)).toEqual([])
})

test('CA9 the compatibility switch accepts the token endpoint, and an array of one', async () => {
  const { bring, make } = await createClient({ assertionAudienceCompatibility: true })
  const endpoint = `${ISSUER}/oauth/v2/token`
  for (const aud of [ISSUER, endpoint, [ISSUER], [endpoint]]) await isKnown(await bring(make({ aud })))
  const others = [
    [ISSUER, endpoint],
    [ISSUER, 'https://evil.test'],
    [],
    [[ISSUER]],
    'https://evil.test',
    `${ISSUER}/oauth/v2/par`,
  ]
  for (const aud of others) await isRefused(await bring(make({ aud })))
})

test('G12 nothing but a signature by a registered key counts', async () => {
  const { world, bring, make } = await createClient()
  const thief = newKey()
  await isRefused(await bring(make({}, {}, thief)))
  await isRefused(await bring(make({}, { kid: 'two' })))
  for (const header of [
    { jwk: thief.jwk },
    { jku: 'https://evil.test/keys' },
    { x5u: 'https://evil.test/keys' },
    { alg: 'EdDSA' },
    { crit: ['exp'] },
  ])
    await isRefused(await bring(make({}, header, thief)))
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = assertionClaims(world, 'ledger')
  await isRefused(await bring(`${part({ alg: 'none' })}.${part(claims)}.`))
  const input = `${part({ alg: 'HS256', kid: 'one' })}.${part(claims)}`
  const secret = key.publicKey.export({ format: 'pem', type: 'spki' })
  await isRefused(await bring(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`))
  const [header, body, signature] = make().split('.')
  await isRefused(await bring(`${header}.${part({ ...claims, exp: claims.exp + 1 })}.${signature}`))
  await isRefused(await bring(`${header}.${body}.${signature}=`))
})

test('CA4 failures count for the client that an assertion names', async () => {
  const { bring, make } = await createClient()
  const thief = newKey()
  for (let at = 0; at < 60; at++) await isRefused(await bring(make({}, {}, thief)))
  expect((await bring(make({}, {}, thief))).status).toBe(429)
})
