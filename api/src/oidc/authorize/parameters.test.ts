import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, expectErrorPage, jsonOf, locationOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { authorizePath, authorizeQuery, codeOf, postForm, type Tokens } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

test('AZ4 a POST is checked, stored, and goes on as a GET of ours', async () => {
  const { world, browser } = await createScene()
  const form = authorizeQuery('ledger', { state: 'kept', nonce: 'n' }).toString()
  // another site's form: no cookie comes along
  const location = locationOf(await postForm(world, '/oauth/v2/authorize', form))
  expect(location.pathname).toBe('/oauth/v2/authorize')
  expect([...location.searchParams.keys()]).toEqual(['client_id', 'request_uri'])

  const request = await browser.open(`${location.pathname}${location.search}`)
  const answer = redirectOf(await browser.signIn(request, BOB, PASSWORD))
  expect(answer.searchParams.get('state')).toBe('kept')
})

test('AZ4 a POST that is refused is answered with 303 to the client', async () => {
  const { world } = await createScene()
  const form = authorizeQuery('ledger', { response_type: 'token', state: 's' }).toString()
  const response = await postForm(world, '/oauth/v2/authorize', form)
  expect(response.status).toBe(303)
  expect(clientAnswer(response)).toMatchObject({ error: 'unsupported_response_type', state: 's' })
})

test('AZ4 a POST with a query string is refused on our own page', async () => {
  const { world } = await createScene()
  await expectErrorPage(await postForm(world, authorizePath('ledger'), ''), 'invalid_request')
  const form = authorizeQuery('ledger').toString()
  await expectErrorPage(await postForm(world, '/oauth/v2/authorize?x=1', form), 'invalid_request')
})

test('AZ4 a stored request is of one client, and lives a minute', async () => {
  const { world, browser, clock } = await createScene()
  await world.addApplication('other')
  const location = locationOf(await postForm(world, '/oauth/v2/authorize', authorizeQuery('ledger').toString()))
  const requestUri = location.searchParams.get('request_uri')
  await expectErrorPage(await browser.get(authorizePath('other', { request_uri: requestUri })), 'invalid_request_uri')
  // its own client is not affected, and whatever else stands in the address does not count
  await browser.open(
    authorizePath('ledger', { request_uri: requestUri, response_type: 'token', redirect_uri: 'https://evil.test' }),
  )
  clock.advance(61)
  await expectErrorPage(await browser.get(location.pathname + location.search), 'invalid_request_uri')
})

test('AZ5 the order of parameters and scopes is irrelevant', async () => {
  const { browser, redeem } = await createScene()
  const reversed = new URLSearchParams([...authorizeQuery('ledger', { scope: 'email openid' })].toReversed())
  const request = await browser.open(`/oauth/v2/authorize?${reversed}`)
  const code = codeOf(redirectOf(await browser.signIn(request, BOB, PASSWORD)))
  expect(await jsonOf<Tokens>(await redeem(code))).toMatchObject({
    scope: 'openid email',
    id_token: expect.any(String),
  })
})

test('AZ5 without state and nonce none comes back', async () => {
  const { browser, redeem } = await createScene()
  const request = await browser.open(authorizePath('ledger'))
  const answer = redirectOf(await browser.signIn(request, BOB, PASSWORD))
  expect([...answer.searchParams.keys()]).toEqual(['code', 'iss'])
  const tokens = await jsonOf<Tokens>(await redeem(codeOf(answer)))
  expect(decodeJwt(tokens.id_token!)).not.toHaveProperty('nonce')
})

const ODD = 'é %20+&="<>\\\u{1f511} {"a":1}\r\n'

test('AZ5 state and nonce come back byte for byte', async () => {
  const { browser, redeem } = await createScene()
  const request = await browser.open(authorizePath('ledger', { state: ODD, nonce: ODD }))
  const answer = redirectOf(await browser.signIn(request, BOB, PASSWORD))
  expect(answer.searchParams.get('state')).toBe(ODD)
  const tokens = await jsonOf<Tokens>(await redeem(codeOf(answer)))
  expect(decodeJwt(tokens.id_token!).nonce).toBe(ODD)
})

test.each([
  ['missing', { response_type: null }, 'invalid_request'],
  ['empty', { response_type: '' }, 'invalid_request'],
])('AZ6 a response_type that is %s', async (_name, parameters, error) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize(parameters))).toMatchObject({ error })
})

test('AZ6 an application without the grant', async () => {
  const { authorize } = await createScene({ application: { grantTypes: ['refresh_token'] } })
  expect(clientAnswer(await authorize())).toMatchObject({ error: 'unauthorized_client' })
})

test.each(['state', 'scope', 'response_type', 'response_mode', 'nonce', 'prompt', 'max_age', 'extra'])(
  'AZ7 %s twice is refused',
  async (name) => {
    const { browser } = await createScene()
    const value = name === 'response_mode' ? 'form_post' : 'x'
    const response = await browser.get(`${authorizePath('ledger', { [name]: value })}&${name}=${value}`)
    expect(clientAnswer(response)).toMatchObject({ error: 'invalid_request', iss: ISSUER })
  },
)

test('AZ7 a repeated state is not guessed', async () => {
  const { browser } = await createScene()
  expect(clientAnswer(await browser.get(`${authorizePath('ledger', { state: 'a' })}&state=b`))).not.toHaveProperty(
    'state',
  )
})

test('AZ7 an unknown parameter is ignored', async () => {
  const { authorize } = await createScene()
  expect(locationOf(await authorize({ extra: 'foobar', 'redirect_uri[]': 'https://evil.test' })).pathname).toMatch(
    /^\/login\//,
  )
})

test.each(['state', 'nonce', 'login_hint', 'scope', 'prompt'])(
  'AZ7 a NUL byte in %s never breaks anything',
  async (name) => {
    const { authorize } = await createScene()
    expect((await authorize({ [name]: 'openid\0' })).status).toBe(302)
  },
)
