import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../testing/answers.ts'
import { ask, decide, poll } from '../testing/device.ts'
import { addGame, createGame } from '../testing/native-client.ts'
import { type Tokens, tokenRequest } from '../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { addServiceUser } from '../testing/service-users.ts'
import { PASSWORD } from '../testing/world.ts'

const settings = { consent: 'never' } as const
const SHORT = { accessTokenLifetime: 120, idTokenLifetime: 60 }

/** Each way to an access token, in a house whose policy says two minutes. */
const WAYS: Record<string, (scene: Scene) => Promise<Tokens>> = {
  'a code': (scene) => scene.tokens(),
  'a refresh token': async (scene) => {
    const first = await scene.tokens({ scope: 'openid offline_access' })
    return jsonOf<Tokens>(await scene.refresh(first))
  },
  'client credentials': async ({ world }) => {
    await world.addApplication('worker', { grantTypes: ['client_credentials'] })
    return jsonOf<Tokens>(await tokenRequest(world, 'worker', { grant_type: 'client_credentials' }))
  },
  'client credentials, as a JWT': async ({ world }) => {
    const jwt = { accessTokenFormat: 'jwt' } as const
    await world.addApplication('worker', { grantTypes: ['client_credentials'], settings: jwt })
    const granted = await jsonOf<Tokens>(await tokenRequest(world, 'worker', { grant_type: 'client_credentials' }))
    const { exp, iat } = decodeJwt(granted.access_token)
    expect(exp! - iat!).toBe(120)
    return granted
  },
  'an assertion': async ({ world }) => {
    const robot = await addServiceUser(world, 'robot')
    return jsonOf<Tokens>(await robot.bring(robot.make(), { scope: 'openid' }))
  },
  'a device': async ({ world, browser }) => {
    const shown = await ask({ world })
    await decide({ browser }, shown.user_code, true)
    return jsonOf<Tokens>(await poll(world, shown.device_code))
  },
  'forms of its own': async ({ world }) => {
    await addGame(world)
    const game = await createGame(world)
    const { body } = await game.begin({ identifier: BOB, password: PASSWORD })
    return jsonOf<Tokens>(await game.redeem(body.authorization_code))
  },
}

test.each(Object.keys(WAYS))('LT9 by %s: as long as the policy of the organization says', async (way) => {
  const scene = await createScene({ application: { settings } })
  await scene.setPolicy('tokens', { accessTokenLifetime: 600 }, 'instance')
  await scene.setPolicy('tokens', SHORT)
  const granted = await WAYS[way]!(scene)
  expect(granted.expires_in).toBe(120)
  if (granted.id_token) expect(decodeJwt(granted.id_token).exp).toBe(scene.clock.now() / 1000 + 60)
  const rows = await scene.deps.db.query.select().from(scene.deps.db.tables.accessTokens)
  const ends = rows.map(({ expiresAt }) => (expiresAt - scene.clock.now()) / 1000)
  // the row that JWTs of a machine share outlasts them
  expect(ends).toContain(way.endsWith('JWT') ? 240 : 120)
})

test('LT9 the instance’s policy counts where the organization has none, from the next token on', async () => {
  const { tokens, refresh, setPolicy } = await createScene({ application: { settings } })
  const first = await tokens({ scope: 'openid offline_access' })
  await setPolicy('tokens', SHORT, 'instance')
  const second = await jsonOf<Tokens>(await refresh(first))
  expect([first.expires_in, second.expires_in]).toEqual([43_200, 120])
})

test('LT9 what an application says itself counts before every policy, one by one', async () => {
  const application = { settings: { ...settings, accessTokenLifetime: 300 } }
  const { tokens, setPolicy, clock } = await createScene({ application })
  await setPolicy('tokens', SHORT)
  const { expires_in, id_token } = await tokens()
  expect([expires_in, decodeJwt(id_token!).exp]).toEqual([300, clock.now() / 1000 + 60])
})

test('LT9 another organization’s policy says nothing', async () => {
  const { tokens, setPolicy, world } = await createScene({ application: { settings } })
  await setPolicy('tokens', SHORT, await world.addOrganization('other.test'))
  expect((await tokens()).expires_in).toBe(43_200)
})

test('LT9 unused, and in all, a refresh token lives as long as the policy says', async () => {
  const { tokens, refresh, setPolicy, clock } = await createScene({ application: { settings } })
  await setPolicy('tokens', { refreshTokenIdleLifetime: 600, refreshTokenAbsoluteLifetime: 1000 })
  const first = await tokens({ scope: 'openid offline_access' })
  clock.advance(599)
  const second = await jsonOf<Tokens>(await refresh(first))
  clock.advance(400)
  const third = await jsonOf<Tokens>(await refresh(second))
  clock.advance(1)
  await expectOAuthError(await refresh(third), 400, 'invalid_grant')
})

test('LT9 and ends unused where the policy says', async () => {
  const { tokens, refresh, setPolicy, clock } = await createScene({ application: { settings } })
  await setPolicy('tokens', { refreshTokenIdleLifetime: 600 })
  const first = await tokens({ scope: 'openid offline_access' })
  clock.advance(600)
  await expectOAuthError(await refresh(first), 400, 'invalid_grant')
})
