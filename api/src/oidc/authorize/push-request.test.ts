import { expect, test } from 'vitest'
import { clientAnswer, expectErrorPage, expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import {
  authorizeQuery,
  basic,
  newPkce,
  postForm,
  publicTokenRequest,
  tokenRequest,
} from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD, REDIRECT_URI, SECRET } from '../../testing/world.ts'

type Parameters = Record<string, string | null>

const push = ({ world }: Scene, parameters: Parameters = {}, headers: Record<string, string> = {}) =>
  postForm(world, '/oauth/v2/par', authorizeQuery('ledger', parameters).toString(), {
    authorization: basic('ledger'),
    ...headers,
  })

const pushed = async (scene: Scene, parameters?: Parameters) =>
  (await jsonOf<{ request_uri: string }>(await push(scene, parameters))).request_uri

const openPath = (requestUri: string, more: Record<string, string> = {}) =>
  `/oauth/v2/authorize?${new URLSearchParams({ client_id: 'ledger', request_uri: requestUri, ...more })}`

test('PA1 a confidential client proves itself as at the token endpoint', async () => {
  const scene = await createScene()
  const form = authorizeQuery('ledger').toString()
  await expectOAuthError(await postForm(scene.world, '/oauth/v2/par', form), 401, 'invalid_client')
  const wrong = await push(scene, {}, { authorization: basic('ledger', 'wrong') })
  await expectOAuthError(wrong, 401, 'invalid_client')
  const other = await push(scene, { client_id: 'another' })
  await expectOAuthError(other, 401, 'invalid_client')
})

test('PA1 a public client says its client_id', async () => {
  const { world } = await createScene()
  await world.addApplication('phone', { type: 'native' })
  const { verifier, challenge } = newPkce()
  const query = authorizeQuery('phone', { code_challenge: challenge, code_challenge_method: 'S256' })
  const response = await postForm(world, '/oauth/v2/par', query.toString())
  expect(response.status).toBe(201)
  const { request_uri } = await jsonOf<{ request_uri: string }>(response)
  const browser = world.browser()
  const request = await browser.open(`/oauth/v2/authorize?${new URLSearchParams({ client_id: 'phone', request_uri })}`)
  const code = redirectOf(await browser.signIn(request, BOB, PASSWORD)).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier }
  expect((await publicTokenRequest(world, 'phone', form)).status).toBe(200)
})

test('PA2 success is 201 with an address of 256 random bits for a minute', async () => {
  const response = await push(await createScene())
  expect(response.status).toBe(201)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await jsonOf(response)).toEqual({
    request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
    expires_in: 60,
  })
})

test.each([
  [{ redirect_uri: null }, 'invalid_request'],
  [{ redirect_uri: 'https://evil.test/cb' }, 'invalid_request'],
  [{ response_type: 'token' }, 'unsupported_response_type'],
  [{ response_mode: 'jwt' }, 'invalid_request'],
  [{ scope: 'openid "' }, 'invalid_scope'],
  [{ prompt: 'none login' }, 'invalid_request'],
  [{ max_age: '-1' }, 'invalid_request'],
  [{ claims: '[]' }, 'invalid_request'],
  [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
  [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
  [{ resource: 'https://api.test' }, 'invalid_target'],
] as const)('PA3 %j is refused at once, with the code of the authorization endpoint', async (parameters, error) => {
  await expectOAuthError(await push(await createScene(), parameters), 400, error)
})

test.each(['urn:ietf:params:oauth:request_uri:x', 'https://rp.test/request'])(
  'PA4 request_uri %s inside is refused',
  async (requestUri) => {
    const scene = await createScene()
    await expectOAuthError(await push(scene, { request_uri: requestUri }), 400, 'invalid_request')
  },
)

test('PA4 other methods are 405, and what is too big is 413', async () => {
  const scene = await createScene()
  for (const method of ['GET', 'PUT']) expect((await scene.browser.send('/oauth/v2/par', { method })).status).toBe(405)
  const big = await postForm(scene.world, '/oauth/v2/par', `state=${'x'.repeat(70_000)}`)
  expect(big.status).toBe(413)
})

test('PA6 client_id and request_uri suffice, and what else is in the address counts for nothing', async () => {
  const scene = await createScene()
  const uri = await pushed(scene, { state: 'inside', nonce: 'inside' })
  const request = await scene.browser.open(
    openPath(uri, { state: 'outside', nonce: 'outside', redirect_uri: 'https://evil.test/cb', scope: 'x' }),
  )
  const answer = redirectOf(await scene.browser.signIn(request, BOB, PASSWORD))
  expect(answer.origin + answer.pathname).toBe(REDIRECT_URI)
  expect(answer.searchParams.get('state')).toBe('inside')
  const { id_token } = await jsonOf<{ id_token: string }>(await scene.redeem(answer.searchParams.get('code') ?? ''))
  expect(JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    nonce: 'inside',
    iss: ISSUER,
  })
})

test('PA6 a POST with a pushed request goes on by GET', async () => {
  const scene = await createScene()
  const form = { client_id: 'ledger', request_uri: await pushed(scene) }
  const response = await postForm(scene.world, '/oauth/v2/authorize', form)
  expect([response.status, response.headers.get('location')]).toEqual([303, openPath(form.request_uri)])
})

test('PA7 it opens as often as one likes until the login ends, and never afterwards', async () => {
  const scene = await createScene()
  const uri = await pushed(scene)
  const first = await scene.browser.open(openPath(uri))
  const second = await scene.browser.open(openPath(uri))
  expect(redirectOf(await scene.browser.signIn(second, BOB, PASSWORD)).searchParams.has('code')).toBe(true)
  await expectErrorPage(await scene.browser.get(openPath(uri)), 'invalid_request_uri')
  const late = await scene.browser.post(`/api/login/${first}/finish`, {})
  expect(late.status).toBe(409)
  expect(await jsonOf(late)).toMatchObject({ code: 'request_finished' })
})

test('PA7 with a session it is spent by opening it once', async () => {
  const scene = await createScene()
  await scene.signIn()
  const uri = await pushed(scene)
  expect(clientAnswer(await scene.browser.get(openPath(uri)))).toHaveProperty('code')
  await expectErrorPage(await scene.browser.get(openPath(uri)), 'invalid_request_uri')
})

test('PA7 a minute later it does not open any more, but a login that began ends well', async () => {
  const scene = await createScene()
  const uri = await pushed(scene)
  const request = await scene.browser.open(openPath(uri))
  scene.clock.advance(60)
  await expectErrorPage(await scene.browser.get(openPath(uri)), 'invalid_request_uri')
  expect(redirectOf(await scene.browser.signIn(request, BOB, PASSWORD)).searchParams.has('code')).toBe(true)
})

test('PA8 another client opens nothing with it, and it stays valid for its own', async () => {
  const scene = await createScene()
  await scene.world.addApplication('other')
  const uri = await pushed(scene)
  await expectErrorPage(await scene.browser.get(openPath(uri, { client_id: 'other' })), 'invalid_request_uri')
  await scene.browser.open(openPath(uri))
})

test.each([
  ['this client', { application: { settings: { requirePushedRequests: true } } }],
  ['every client', { env: { REQUIRE_PUSHED_REQUESTS: 'on' } }],
])('PA9 where %s must push, a plain request is refused', async (_who, options) => {
  const scene = await createScene(options)
  expect(clientAnswer(await scene.authorize({ state: 's' }))).toMatchObject({ error: 'invalid_request', state: 's' })
  await expectErrorPage(await scene.authorize({ redirect_uri: 'https://evil.test' }), 'invalid_request')
  const posted = await postForm(scene.world, '/oauth/v2/authorize', authorizeQuery('ledger').toString())
  expect(clientAnswer(posted)).toMatchObject({ error: 'invalid_request' })
  await scene.browser.open(openPath(await pushed(scene)))
})

test('PA9 the metadata says whether everybody must', async () => {
  const { browser } = await createScene({ env: { REQUIRE_PUSHED_REQUESTS: 'on' } })
  const metadata = await jsonOf(await browser.get('/.well-known/oauth-authorization-server'))
  expect(metadata.require_pushed_authorization_requests).toBe(true)
})

test('G15 how the client proved itself is not stored with its request', async () => {
  const scene = await createScene({ application: { settings: { authenticationMethod: 'client_secret_post' } } })
  const form = authorizeQuery('ledger', { client_secret: SECRET })
  expect((await postForm(scene.world, '/oauth/v2/par', form.toString())).status).toBe(201)
  const rows = await scene.deps.db.query.select().from(scene.deps.db.tables.pushedRequests)
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(SECRET)
})

test('S1 a pushed request costs one read and one write', async () => {
  const seen: string[] = []
  const scene = await createScene({ observe: (text) => seen.push(text) })
  seen.length = 0
  expect((await push(scene)).status).toBe(201)
  const verbs = seen
    .map((text) => /^\s*(select|insert|update|delete)\b/i.exec(text)?.[1]?.toLowerCase())
    .filter(Boolean)
  expect(verbs).toEqual(['select', 'insert'])
})

test('a code that came by a pushed request is redeemed like any other', async () => {
  const scene = await createScene()
  const request = await scene.browser.open(openPath(await pushed(scene, { scope: 'openid offline_access' })))
  const answer = await scene.browser.signIn(request, BOB, PASSWORD)
  const consented = await scene.browser.post(`/api/login/${answer.request}/consent`, { allow: true })
  const { step } = await jsonOf<typeof answer>(consented)
  const code = new URL(step?.kind === 'redirect' ? step.redirect.to : '').searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }
  expect((await tokenRequest(scene.world, 'ledger', form)).status).toBe(200)
})
