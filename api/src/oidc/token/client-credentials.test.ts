import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { publicTokenRequest, type Tokens, tokenRequest } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { verifyJwt } from '../../testing/tokens.ts'
import type { ApplicationOptions } from '../../testing/world.ts'

async function createMachine(options: ApplicationOptions = {}) {
  const scene = await createScene()
  const robot = await scene.world.addApplication('robot', {
    type: 'api',
    grantTypes: ['client_credentials'],
    redirectUris: [],
    ...options,
  })
  const ask = (form: Record<string, string> = {}) =>
    tokenRequest(scene.world, 'robot', { grant_type: 'client_credentials', ...form })
  return { ...scene, robot, ask, get: async (form?: Record<string, string>) => jsonOf<Tokens>(await ask(form)) }
}

test('CC1, CC2 an application is its own subject, without refresh and ID token', async () => {
  const { get, userinfo } = await createMachine()
  const granted = await get({ scope: 'openid offline_access profile unknown' })
  expect(granted).toEqual({
    access_token: expect.stringMatching(/^va_/),
    token_type: 'Bearer',
    expires_in: 43_200,
    scope: 'openid profile',
  })
  expect(await jsonOf(await userinfo(granted))).toEqual({ sub: 'robot' })
})

test('CC2 without openid it does not call userinfo', async () => {
  const { get, userinfo } = await createMachine()
  expect((await userinfo(await get())).status).toBe(403)
})

test('AT1 as a JWT it says nothing of a sign-in', async () => {
  const { world, get, clock } = await createMachine({
    settings: { accessTokenFormat: 'jwt', idTokenAlgorithm: 'ES256' },
  })
  const { access_token } = await get({ scope: 'openid' })
  const { claims } = await verifyJwt(world, access_token, { typ: 'at+jwt', audience: 'robot' })
  const now = clock.now() / 1000
  const times = { iat: now, exp: now + 43_200, jti: expect.any(String) }
  const who = { iss: 'http://localhost:3000', sub: 'robot', aud: 'robot', client_id: 'robot' }
  expect(claims).toEqual({ ...who, ...times, scope: 'openid' })
})

test('CC1 public clients, and those without the grant, do not', async () => {
  const { world } = await createMachine()
  await world.addApplication('public', { type: 'spa', grantTypes: ['client_credentials'] })
  const form = { grant_type: 'client_credentials' }
  await expectOAuthError(await publicTokenRequest(world, 'public', form), 400, 'unauthorized_client')
  await expectOAuthError(await tokenRequest(world, 'ledger', form), 400, 'unauthorized_client')
})

test('CC2 the own organization may be named, another one not', async () => {
  const { ask, acme, world } = await createMachine()
  const other = await world.addOrganization('other.test')
  expect((await ask({ scope: `urn:zitadel:iam:org:id:${acme}` })).status).toBe(200)
  for (const scope of [`urn:zitadel:iam:org:id:${other}`, 'urn:vestibule:org:domain:primary:other.test'])
    await expectOAuthError(await ask({ scope }), 400, 'invalid_scope')
})

test('G11 a deactivated application or organization gets nothing, and what it has ends', async () => {
  for (const table of ['applications', 'organizations'] as const) {
    const { world, ask, get, userinfo, robot, acme } = await createMachine()
    const granted = await get({ scope: 'openid' })
    await change(world, table, table === 'applications' ? robot.id : acme, { state: 'deactivated' })
    await expectOAuthError(await ask(), 401, 'invalid_client')
    expect((await userinfo(granted)).status).toBe(401)
  }
})
