import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { createProver } from '../testing/proofs.ts'
import { basic, postForm, type Tokens, tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { ISSUER, REDIRECT_URI, SECRET } from '../testing/world.ts'

const API = 'https://api.acme.test/'

/** Bob's ledger, and the API that it asks tokens for. */
async function createApi(settings = {}) {
  const scene = await createScene({ application: { settings: { consent: 'never', ...settings } } })
  const api = await scene.world.addApplication('api', { type: 'api', settings: { resources: [API] } })
  const introspect = (token: string, clientId = 'api', form: Record<string, string> = {}) =>
    postForm(scene.world, '/oauth/v2/introspect', { token, ...form }, { authorization: basic(clientId) })
  return { ...scene, api, introspect, read: async (token: string, by?: string) => jsonOf(await introspect(token, by)) }
}

const INACTIVE = { active: false }

test('IN1 confidential clients only', async () => {
  const { world, tokens } = await createApi()
  await world.addApplication('public', { type: 'spa' })
  const { access_token: token } = await tokens()
  const post = (form: Record<string, string>, headers = {}) => postForm(world, '/oauth/v2/introspect', form, headers)
  await expectOAuthError(await post({ token }), 401, 'invalid_client')
  await expectOAuthError(await post({ token, client_id: 'public' }), 401, 'invalid_client')
  await expectOAuthError(await post({ token }, { authorization: basic('api', 'wrong') }), 401, 'invalid_client')
  await expectOAuthError(await post({ token, client_id: 'api', client_secret: SECRET }), 401, 'invalid_client')
  await expectOAuthError(await post({}, { authorization: basic('api') }), 400, 'invalid_request')
  const { app } = world
  expect((await app.request('/oauth/v2/introspect', { headers: { authorization: basic('api') } })).status).toBe(405)
})

test.each(['opaque', 'jwt'] as const)('IN2 an active %s token', async (accessTokenFormat) => {
  const { tokens, read, userId, clock } = await createApi({ accessTokenFormat, accessTokenLifetime: 600 })
  const iat = clock.now() / 1000
  const { access_token } = await tokens({ scope: 'openid email', resource: API })
  clock.advance(10)
  expect(await read(access_token)).toEqual({
    active: true,
    scope: 'openid email',
    client_id: 'ledger',
    sub: userId,
    exp: iat + 600,
    iat,
    iss: ISSUER,
    aud: [API],
    token_type: 'Bearer',
    username: 'bob',
    email: 'bob@acme.test',
    email_verified: true,
  })
})

test('IN2 a client may ask about its own tokens, the refresh token too', async () => {
  const { tokens, read, userId, clock } = await createApi()
  const { access_token, refresh_token } = await tokens({ scope: 'openid offline_access' })
  expect(await read(access_token, 'ledger')).toMatchObject({ active: true, aud: ['ledger'] })
  expect(await read(refresh_token!, 'ledger')).toEqual({
    active: true,
    scope: 'openid offline_access',
    client_id: 'ledger',
    sub: userId,
    exp: clock.now() / 1000 + 30 * 86_400,
    iat: clock.now() / 1000,
    iss: ISSUER,
    aud: ['ledger'],
    token_type: 'Bearer',
    username: 'bob',
  })
})

test('IN2 a bound token says its key', async () => {
  const { world, signIn, read } = await createApi()
  const prover = await createProver(world)
  const dpop = await prover.prove('POST', '/oauth/v2/token')
  const form = { grant_type: 'authorization_code', code: await signIn(), redirect_uri: REDIRECT_URI }
  const { access_token } = await jsonOf<Tokens>(await tokenRequest(world, 'ledger', form, { dpop }))
  expect(await read(access_token, 'ledger')).toMatchObject({ token_type: 'DPoP', cnf: { jkt: prover.jkt } })
})

test('IN3, N174 what is not for the caller, and what is no token, is inactive and nothing else', async () => {
  const { world, tokens, read } = await createApi()
  await world.addApplication('other')
  const { access_token, refresh_token, id_token } = await tokens({ scope: 'openid offline_access', resource: API })
  for (const token of [access_token, refresh_token!, id_token!, 'x', 'va_', `${access_token}x`, 'a.b.c'])
    expect(await read(token, 'other')).toEqual(INACTIVE)
  // asked for the API, it is no longer for the client itself
  expect(await read(access_token, 'ledger')).toEqual(INACTIVE)
  expect(await read(refresh_token!, 'api')).toEqual(INACTIVE)
})

test('IN3 what is over is inactive: expired, revoked, rotated, and with everything it hangs on', async () => {
  const scene = await createApi()
  const { tokens, read, refresh, clock, deps, userId, ledger, acme, world } = scene
  const granted = await tokens({ scope: 'openid offline_access', resource: API })
  const next = await jsonOf<typeof granted>(await refresh(granted))
  expect(await read(granted.refresh_token!, 'ledger')).toEqual(INACTIVE)
  expect(await read(next.refresh_token!, 'ledger')).toMatchObject({ active: true })
  for (const [table, id] of [
    ['users', userId],
    ['applications', ledger.id],
    ['organizations', acme],
  ] as const) {
    if (table === 'organizations') {
      // the API of another one, so that it is there to ask
      const elsewhere = await world.addOrganization('elsewhere.test')
      await world.addApplication('api2', { organization: elsewhere, type: 'api', settings: { resources: [API] } })
    }
    const by = table === 'organizations' ? 'api2' : 'api'
    expect(await read(next.access_token, by)).toMatchObject({ active: true })
    await change(world, table, id, { state: 'deactivated' })
    expect([table, await read(next.access_token, by)]).toEqual([table, INACTIVE])
    await change(world, table, id, { state: 'active' })
  }
  clock.advance(12 * 3600)
  expect(await read(next.access_token)).toEqual(INACTIVE)
  await deps.db.query.update(deps.db.tables.grants).set({ revokedAt: 1 })
  expect(await read(next.refresh_token!, 'ledger')).toEqual(INACTIVE)
})
