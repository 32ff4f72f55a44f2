import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { postForm, tokenRequest } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'

test('TK1 a success is JSON with what is due', async () => {
  const { signIn, redeem } = await createScene()
  const response = await redeem(await signIn({ scope: 'openid email' }))
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('pragma')).toBe('no-cache')
  expect(await jsonOf(response)).toEqual({
    access_token: expect.stringMatching(/^va_[\w-]{43}$/),
    token_type: 'Bearer',
    expires_in: 43_200,
    scope: 'openid email',
    id_token: expect.stringMatching(/^eyJ/),
  })
})

test('TK1 expires_in follows the application', async () => {
  const { tokens } = await createScene({ application: { settings: { accessTokenLifetime: 60 } } })
  expect((await tokens()).expires_in).toBe(60)
})

test.each([
  ['missing', {}, 'invalid_request'],
  ['empty', { grant_type: '' }, 'invalid_request'],
  ['unknown', { grant_type: 'magic' }, 'unsupported_grant_type'],
])('TK2 a grant_type that is %s', async (_name, form, error) => {
  const { world } = await createScene()
  await expectOAuthError(await tokenRequest(world, 'ledger', form as Record<string, string>), 400, error)
})

test('TK2 a grant that this client may not use', async () => {
  const { world } = await createScene({ application: { grantTypes: ['authorization_code'] } })
  const form = { grant_type: 'refresh_token', refresh_token: 'x' }
  await expectOAuthError(await tokenRequest(world, 'ledger', form), 400, 'unauthorized_client')
})

test('TK2 GET is not allowed', async () => {
  const { browser } = await createScene()
  const response = await browser.get('/oauth/v2/token?grant_type=authorization_code')
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toContain('POST')
})

test.each([
  { grant_type: 'authorization_code' },
  { grant_type: 'authorization_code', code: 'x' },
  { grant_type: 'authorization_code', code: `vc_${'A'.repeat(43)}` },
  { grant_type: 'refresh_token' },
  { grant_type: 'refresh_token', refresh_token: 'x' },
  { grant_type: 'refresh_token', refresh_token: `vr_${'A'.repeat(43)}` },
] as Record<string, string>[])('TK3 a known client is never answered with 401: %j', async (form) => {
  const { world } = await createScene()
  const response = await tokenRequest(world, 'ledger', form)
  expect(response.status).toBe(400)
  expect(response.headers.has('www-authenticate')).toBe(false)
})

test('G3 a parameter sent twice is refused, an empty one counts as omitted', async () => {
  const { world, signIn, redeem } = await createScene()
  const code = await signIn()
  const twice = `grant_type=authorization_code&code=${code}&redirect_uri=https://rp.test/cb&client_id=ledger&client_id=ledger`
  await expectOAuthError(await postForm(world, '/oauth/v2/token', twice), 400, 'invalid_request')
  expect((await redeem(code, { code_verifier: '', client_id: '', scope: '' })).status).toBe(200)
})
