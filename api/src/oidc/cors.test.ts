import { expect, test } from 'vitest'
import { postForm, tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

const SPA = 'https://spa.test'
const EXTRA = 'https://extra.test'

/** Bob's application is a confidential one with an origin besides; `spa` is a browser application. */
async function createOrigins() {
  const scene = await createScene({ application: { settings: { additionalOrigins: [EXTRA] } } })
  await scene.world.addApplication('spa', { type: 'spa', redirectUris: [`${SPA}/cb`] })
  return scene
}

const allowed = (response: Response) => response.headers.get('access-control-allow-origin')
const knock = { grant_type: 'authorization_code', code: 'x' }

test.each([
  [SPA, SPA],
  [EXTRA, EXTRA],
  ['https://evil.test', null],
  ['https://rp.test', null],
  ['null', null],
  [`${SPA}.evil.test`, null],
  ['http://spa.test', null],
])('G9 a preflight from %s allows %s', async (origin, expected) => {
  const { app } = await createOrigins()
  for (const path of ['/oauth/v2/token', '/oidc/v1/userinfo']) {
    const response = await app.request(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect([response.status, allowed(response)]).toEqual([204, expected])
    expect(response.headers.get('vary')).toContain('Origin')
    expect(response.headers.has('access-control-allow-credentials')).toBe(false)
  }
})

test('G9 the request itself is checked against the client’s own list, errors too', async () => {
  const { world } = await createOrigins()
  const as = (clientId: string, origin: string) =>
    postForm(world, '/oauth/v2/token', { ...knock, client_id: clientId }, { origin })
  const own = await as('spa', SPA)
  expect([own.status, allowed(own)]).toEqual([400, SPA])
  expect(own.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
  expect(allowed(await as('spa', EXTRA))).toBeNull()
  expect(allowed(await as('spa', 'https://evil.test'))).toBeNull()
})

test('G9 a success is readable at the client’s own origin only', async () => {
  const scene = await createOrigins()
  const redeemFrom = async (code: string, origin: string) => {
    const form = { grant_type: 'authorization_code', code, redirect_uri: 'https://rp.test/cb' }
    return tokenRequest(scene.world, 'ledger', form, { origin })
  }
  const response = await redeemFrom(await scene.signIn(), EXTRA)
  expect([response.status, allowed(response)]).toEqual([200, EXTRA])
})

test('G9 userinfo is readable for registered origins, unauthenticated answers too', async () => {
  const { app } = await createOrigins()
  const response = await app.request('/oidc/v1/userinfo', { headers: { origin: SPA } })
  expect([response.status, allowed(response)]).toEqual([401, SPA])
  expect(allowed(await app.request('/oidc/v1/userinfo', { headers: { origin: 'https://evil.test' } }))).toBeNull()
})

test('G9 keys and metadata are for everybody', async () => {
  const { app } = await createOrigins()
  for (const path of ['/oauth/v2/keys', '/.well-known/openid-configuration'])
    expect(allowed(await app.request(path, { headers: { origin: 'https://anywhere.test' } }))).toBe('*')
})

test('G9 no other endpoint is readable from elsewhere', async () => {
  const { app } = await createOrigins()
  for (const path of ['/oauth/v2/authorize', '/oidc/v1/end_session', '/api/me', '/account', '/'])
    expect(allowed(await app.request(path, { headers: { origin: SPA } }))).toBeNull()
})

test('G9 a newly registered origin is known within five seconds', async () => {
  const { app, world, clock } = await createOrigins()
  const preflight = () => app.request('/oauth/v2/token', { method: 'OPTIONS', headers: { origin: 'https://new.test' } })
  expect(allowed(await preflight())).toBeNull()
  await world.addApplication('new', { type: 'spa', redirectUris: ['https://new.test/cb'] })
  clock.advance(5)
  expect(allowed(await preflight())).toBe('https://new.test')
})
