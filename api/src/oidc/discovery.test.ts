import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { createWorld, ISSUER } from '../testing/world.ts'

const PATHS = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']

test('MD1 both documents are the same JSON, cacheable for five minutes', async () => {
  const browser = (await createWorld()).browser()
  const responses = await Promise.all(PATHS.map((path) => browser.get(path)))
  for (const response of responses) {
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(response.headers.has('pragma')).toBe(false)
  }
  const [one, other] = await Promise.all(responses.map((response) => response.text()))
  expect(one).toBe(other)
})

test('MD1 the ETag answers 304, and differs with the document', async () => {
  const here = (await createWorld()).browser()
  const etag = (await here.get(PATHS[0]!)).headers.get('etag')!
  const again = await here.get(PATHS[0]!, { 'if-none-match': etag })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const elsewhere = await createWorld({ env: { PUBLIC_URL: 'http://localhost:3001' } })
  expect((await elsewhere.browser().get(PATHS[0]!)).headers.get('etag')).not.toBe(etag)
})

test('MD1 in production every address is https', async () => {
  const env = { PUBLIC_URL: 'https://login.acme.test', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2' }
  const metadata = await jsonOf(await (await createWorld({ env })).browser().get(PATHS[0]!))
  const addresses = Object.entries(metadata).filter(([name]) => /^issuer$|_uri$|_endpoint$/.test(name))
  expect(addresses.length).toBeGreaterThan(5)
  for (const [, address] of addresses) expect(address).toMatch(/^https:\/\/login\.acme\.test/)
})

test('MD1 other well-known paths are not there', async () => {
  const browser = (await createWorld()).browser()
  for (const path of ['/.well-known/webfinger', '/.well-known/openid-configuration/x', '/.well-known/'])
    expect((await browser.get(path)).status).toBe(404)
})

test('MD2 the members, and nothing that does not work', async () => {
  const browser = (await createWorld()).browser()
  const metadata = await jsonOf(await browser.get(PATHS[0]!))
  expect(metadata).toEqual({
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/oauth/v2/authorize`,
    authorization_challenge_endpoint: `${ISSUER}/oauth/v2/authorize-challenge`,
    token_endpoint: `${ISSUER}/oauth/v2/token`,
    pushed_authorization_request_endpoint: `${ISSUER}/oauth/v2/par`,
    device_authorization_endpoint: `${ISSUER}/oauth/v2/device_authorization`,
    userinfo_endpoint: `${ISSUER}/oidc/v1/userinfo`,
    introspection_endpoint: `${ISSUER}/oauth/v2/introspect`,
    revocation_endpoint: `${ISSUER}/oauth/v2/revoke`,
    end_session_endpoint: `${ISSUER}/oidc/v1/end_session`,
    check_session_iframe: `${ISSUER}/oidc/v1/check_session`,
    jwks_uri: `${ISSUER}/oauth/v2/keys`,
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'],
    claims_supported: expect.arrayContaining([
      'sub',
      'auth_time',
      'acr',
      'amr',
      'sid',
      'name',
      'email',
      'phone_number',
      'address',
    ]),
    claims_parameter_supported: true,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    subject_types_supported: ['public'],
    acr_values_supported: ['aal1', 'aal2', 'phr'],
    prompt_values_supported: ['none', 'login', 'select_account', 'create', 'consent'],
    display_values_supported: ['page'],
    ui_locales_supported: ['en', 'de', 'fr', 'es', 'ar', 'ja'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    dpop_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    introspection_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    revocation_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ],
    revocation_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    authorization_response_iss_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_pushed_authorization_requests: false,
  })
})

test('MD2 every endpoint that is named is there', async () => {
  const browser = (await createWorld()).browser()
  const metadata = await jsonOf<Record<string, string>>(await browser.get(PATHS[0]!))
  const addresses = Object.entries(metadata).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name))
  for (const [, address] of addresses) {
    const { status } = await browser.get(address.slice(ISSUER.length))
    expect(status).not.toBe(404)
    expect(status).toBeLessThan(500)
  }
})
