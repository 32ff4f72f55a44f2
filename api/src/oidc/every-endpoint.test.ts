import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, expectOAuthError, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import {
  authorizePath,
  basic,
  codeOf,
  obtainTokens,
  postForm,
  type Tokens,
  tokenRequest,
} from '../testing/relying-party.ts'
import { routesWhere } from '../testing/routes.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { createWorld, ISSUER, PASSWORD, REDIRECT_URI } from '../testing/world.ts'

test('G1 forwarding headers change nothing', async () => {
  const { browser, authorize } = await createScene()
  const headers = {
    forwarded: 'host=evil.test;proto=https',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
  }
  const metadata = await (await browser.get('/.well-known/openid-configuration', headers)).text()
  expect(metadata).toContain(`"issuer":"${ISSUER}"`)
  expect(metadata).not.toContain('evil.test')
  expect(clientAnswer(await authorize({ response_type: 'x' })).iss).toBe(ISSUER)
})

test.each(['evil.test', 'localhost', 'localhost:3001', 'localhost:3000.evil.test', 'login.localhost:3000'])(
  'G1 the host %s is not ours',
  async (host) => {
    const { app } = await createWorld()
    const response = await app.request('/.well-known/openid-configuration', { headers: { host } })
    expect(response.status).toBe(421)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await jsonOf(response)).toEqual({ code: 'unknown_host', requestId: expect.any(String) })
  },
)

test('G1 one issuer, byte for byte, in all that is said in one conversation', async () => {
  const { world, browser, authorize, redeem } = await createScene({
    application: { settings: { accessTokenFormat: 'jwt', backchannelLogoutUri: 'https://rp.test/out' } },
  })
  const metadata = await jsonOf<Record<string, unknown>>(await browser.get('/.well-known/openid-configuration'))
  expect(metadata.issuer).toBe(ISSUER)
  for (const [name, address] of Object.entries(metadata))
    if (/(_endpoint|_uri|_iframe)$/.test(name)) expect(new URL(String(address)).origin, name).toBe(ISSUER)
  expect(clientAnswer(await authorize({ prompt: 'none' })).iss).toBe(ISSUER)
  const request = await browser.open(authorizePath('ledger'))
  const back = redirectOf(await browser.signIn(request, BOB, PASSWORD))
  expect(back.searchParams.get('iss')).toBe(ISSUER)
  const { access_token, id_token = '' } = await jsonOf<Tokens>(await redeem(codeOf(back)))
  expect([decodeJwt(id_token).iss, decodeJwt(access_token).iss]).toEqual([ISSUER, ISSUER])
  const asked = { token: access_token }
  const introspected = await postForm(world, '/oauth/v2/introspect', asked, { authorization: basic('ledger') })
  expect(await jsonOf(introspected)).toMatchObject({ active: true, iss: ISSUER })
})

test('G1 another host is refused at every address, and nothing is set', async () => {
  const { app } = await createWorld()
  for (const { method, path } of routesWhere(() => true)) {
    // asked by machines that know an address and no name
    if (['/healthz', '/readyz', '/metrics'].includes(path)) continue
    const response = await app.request(path, { method, headers: { host: 'evil.test' } })
    expect([method, path, response.status, response.headers.get('cache-control')]).toEqual([
      method,
      path,
      421,
      'no-store',
    ])
    expect(response.headers.get('set-cookie')).toBeNull()
  }
})

test('G1 a code and a token of another issuer are refused', async () => {
  const { deps, signIn, redeem, userinfo, world } = await createScene()
  const code = await signIn()
  const { authorizationCodes, grants } = deps.db.tables
  await deps.db.query.update(authorizationCodes).set({ issuer: 'https://elsewhere.test' })
  await expectOAuthError(await redeem(code), 400, 'invalid_grant')
  const granted = await obtainTokens(world, world.browser(), 'ledger', BOB)
  await deps.db.query.update(grants).set({ issuer: 'https://elsewhere.test' })
  expect((await userinfo(granted)).status).toBe(401)
})

test('G2 HEAD works where GET does, and method overrides do nothing', async () => {
  const { world, browser } = await createScene()
  const head = await world.app.request('/.well-known/openid-configuration', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  const { devices, authRequests, logoutRequests } = world.deps.db.tables
  const rows = async () =>
    Promise.all(
      [devices, authRequests, logoutRequests].map((table) => world.deps.db.query.select().from(table as never)),
    )
  const before = await rows()
  for (const { path } of routesWhere(({ opens }) => opens === true)) {
    const opened = await browser.send(path, { method: 'HEAD' })
    expect([opened.status, opened.headers.get('set-cookie'), opened.headers.get('location')]).toEqual([200, null, null])
  }
  expect(await rows()).toEqual(before)
  const overridden = await browser.get('/oauth/v2/token', { 'x-http-method-override': 'POST' })
  expect(overridden.status).toBe(405)
  expect((await browser.get('/oauth/v2/token?_method=POST')).status).toBe(405)
})

test.each([
  ['application/json', '{"grant_type":"authorization_code"}'],
  ['multipart/form-data; boundary=x', '--x--'],
  ['text/plain', 'grant_type=authorization_code'],
  ['', 'grant_type=authorization_code'],
])('G4 a body of %s is refused', async (type, body) => {
  const { world } = await createScene()
  await expectOAuthError(
    await postForm(world, '/oauth/v2/token', body, { 'content-type': type }),
    400,
    'invalid_request',
  )
})

test('G4 a charset parameter is fine', async () => {
  const { world, signIn } = await createScene()
  const form = { grant_type: 'authorization_code', code: await signIn(), redirect_uri: REDIRECT_URI }
  const type = 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'
  expect((await tokenRequest(world, 'ledger', form, { 'content-type': type })).status).toBe(200)
})

test('G4 credentials in the query of a POST are refused', async () => {
  const { world } = await createScene()
  const response = await postForm(world, '/oauth/v2/token?client_id=ledger', { grant_type: 'authorization_code' })
  await expectOAuthError(response, 400, 'invalid_request')
})

test('G7 descriptions are plain, and repeat nothing that was sent', async () => {
  const { authorize, world } = await createScene()
  const marker = 'MARKER"\\\r\n\u00e9<script>'
  const parameters = [
    'response_type',
    'response_mode',
    'scope',
    'claims',
    'max_age',
    'code_challenge',
    'id_token_hint',
    'request',
  ]
  for (const name of parameters) {
    const { error_description = '', error } = clientAnswer(await authorize({ [name]: marker }))
    expect(error).toBeDefined()
    expect(error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(error_description).not.toContain('MARKER')
  }
  const refused = await tokenRequest(world, 'ledger', { grant_type: marker })
  expect(await refused.text()).not.toContain('MARKER')
})
