import { expect, test } from 'vitest'
import { clientAnswer, expectErrorPage, expectOAuthError, jsonOf } from '../testing/answers.ts'
import { tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { ISSUER } from '../testing/world.ts'

test.each([
  'token',
  'id_token',
  'id_token token',
  'code token',
  'code id_token',
  'code id_token token',
  'code code',
  'none',
  'CODE',
])('X1 response_type %s is not offered', async (responseType) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ response_type: responseType, state: 'x' }))).toMatchObject({
    error: 'unsupported_response_type',
    state: 'x',
    iss: ISSUER,
  })
})

test.each([
  'password',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:openid:params:grant-type:ciba',
  'constructor',
])('X2 the grant %s is not offered', async (grantType) => {
  const { world } = await createScene()
  const form = { grant_type: grantType, username: 'bob@acme.test', password: 'x', subject_token: 'x' }
  await expectOAuthError(await tokenRequest(world, 'ledger', form), 400, 'unsupported_grant_type')
})

test('X3 registration at the authorization endpoint is refused', async () => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ registration: '{}' }))).toMatchObject({ error: 'registration_not_supported' })
})

test('X3 there is no registration endpoint', async () => {
  const { browser } = await createScene()
  const metadata = await jsonOf(await browser.get('/.well-known/openid-configuration'))
  expect(metadata).not.toHaveProperty('registration_endpoint')
  expect((await browser.get('/oauth/v2/register')).status).toBe(404)
})

const requestObject = (claims: object) =>
  `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`

test('X4 a request object is refused, at the redirect URI outside of it only', async () => {
  const { authorize, ledger } = await createScene()
  const request = requestObject({
    redirect_uri: ledger.redirectUris[0],
    client_id: 'ledger',
    scope: 'openid',
    state: 'inside',
  })
  const answer = clientAnswer(await authorize({ request, state: 'outside' }))
  expect(answer).toMatchObject({ error: 'request_not_supported', state: 'outside' })
  await expectErrorPage(await authorize({ request, redirect_uri: null }), 'invalid_request')
  await expectErrorPage(await authorize({ request, redirect_uri: 'https://evil.test/cb' }), 'invalid_request')
})

test.each(['https://rp.test/request.jwt', 'urn:other:abc', 'http://127.0.0.1:1/'])(
  'X5 the request_uri %s is refused and not fetched',
  async (requestUri) => {
    const { authorize } = await createScene()
    expect(clientAnswer(await authorize({ request_uri: requestUri }))).toMatchObject({
      error: 'request_uri_not_supported',
    })
  },
)

test('X5 a request_uri of our kind that nobody pushed is shown on our own page', async () => {
  const { authorize } = await createScene()
  const requestUri = `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`
  await expectErrorPage(await authorize({ request_uri: requestUri }), 'invalid_request_uri')
})

test('X5 request and request_uri together are refused', async () => {
  const { authorize } = await createScene()
  const answer = clientAnswer(await authorize({ request: requestObject({}), request_uri: 'https://rp.test/r' }))
  expect(answer).toMatchObject({ error: 'invalid_request' })
})

test.each(['jwt', 'query.jwt', 'web_message', 'QUERY', 'toString'])(
  'X6 response_mode %s is refused, in query mode',
  async (mode) => {
    const { authorize } = await createScene()
    expect(clientAnswer(await authorize({ response_mode: mode, state: 's' }))).toMatchObject({
      error: 'invalid_request',
      state: 's',
    })
  },
)

test('X6 what is not offered is not in the metadata', async () => {
  const { browser } = await createScene()
  const metadata = await jsonOf<Record<string, string[]>>(await browser.get('/.well-known/openid-configuration'))
  expect(metadata.code_challenge_methods_supported).toEqual(['S256'])
  expect(metadata.id_token_signing_alg_values_supported).not.toContain('none')
  expect(metadata.token_endpoint_auth_methods_supported).not.toContain('client_secret_jwt')
  expect(metadata.token_endpoint_auth_methods_supported).not.toContain('tls_client_auth')
  expect(metadata.subject_types_supported).toEqual(['public'])
  const encrypted = Object.keys(metadata).filter((name) => /encryption|userinfo_signing/.test(name))
  expect(encrypted).toEqual([])
})
