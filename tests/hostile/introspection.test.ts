import { describe, expect, test } from 'vitest'
import { json } from './harness/http.ts'
import { application, CONFIGURATION, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { basic, type Values } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const API = 'https://api.a.test/'
const applications = [
  ...CONFIGURATION.organizations[0]!.applications,
  application({ clientId: 'api', type: 'api', redirectUris: [], settings: { resources: [API] } }),
]
const world = await openWorld({ configuration: withA({ applications }) })
const { rp, endpoints } = world
const { INTROSPECT, REVOKE } = endpoints

const granted = () =>
  rp.obtainTokens(world.browser(), 'clientConf', 'bob', { scope: 'openid email offline_access', resource: API })
const STRANGERS = ['clientB', 'rp1', 'clientPost']
const NO_TOKENS = ['x', `va_${'A'.repeat(43)}`, `vr_${'A'.repeat(43)}`, 'a.b.c', `va_${'A'.repeat(500)}`]

describe('N174 TOKEN - of a token its clients and audiences learn, and nobody else', () => {
  test('without a secret nothing is said', async () => {
    const { access_token: token } = await granted()
    for (const headers of [{}, basic('clientConf', 'wrong'), basic('nobody'), { authorization: `Bearer ${token}` }])
      for (const client of ['', 'clientConf', 'clientPub']) {
        const form: Values = client ? { token, client_id: client } : { token }
        const answer = await rp.post(INTROSPECT, form, headers)
        expectRefused(answer, 'invalid_client')
        expect(answer.status).toBe(401)
      }
  })

  test('a stranger hears of a live token what everybody hears of none', async () => {
    const { access_token, refresh_token } = await granted()
    expect(json(await rp.post(INTROSPECT, { token: access_token }, basic('api')))).toMatchObject({ active: true })
    for (const client of STRANGERS.slice(0, 2))
      for (const token of [access_token, refresh_token, ...NO_TOKENS]) {
        const answer = await rp.post(INTROSPECT, { token }, basic(client))
        expect([answer.status, json(answer)]).toEqual([200, { active: false }])
      }
  })

  test('what is said of it names nobody of another organization, and ends with its person', async () => {
    const { access_token: token } = await granted()
    const scopes = json(await rp.post(INTROSPECT, { token }, basic('api')))
    expect(JSON.stringify(scopes)).not.toMatch(/orgB|b\.test/)
    await world.apply(withA({ applications: [], users: [{ username: 'bob', email: 'bob@a.test', state: 'locked' }] }))
    expect(json(await rp.post(INTROSPECT, { token }, basic('api')))).toEqual({ active: false })
    await world.apply(withA({ applications: [], users: [{ username: 'bob', email: 'bob@a.test', state: 'active' }] }))
  })
})

describe('N175 TOKEN - only its own client revokes a token', () => {
  const lives = async ({ access_token, refresh_token }: Awaited<ReturnType<typeof granted>>) => [
    (await rp.userinfo(access_token)).status,
    (await rp.refresh('clientConf', refresh_token)).status,
  ]

  test('a stranger is answered as if it were done, and the token lives', async () => {
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'alice')
    for (const client of STRANGERS.slice(0, 2))
      for (const token of [tokens.access_token, tokens.refresh_token, ...NO_TOKENS])
        expect((await rp.post(REVOKE, { token }, basic(client))).status).toBe(200)
    for (const headers of [{}, basic('clientConf', 'wrong')]) {
      expectRefused(await rp.post(REVOKE, { token: tokens.refresh_token }, headers), 'invalid_client')
      expectRefused(
        await rp.post(REVOKE, { token: tokens.refresh_token, client_id: 'clientConf' }, headers),
        'invalid_client',
      )
    }
    expect(await lives(tokens)).toEqual([200, 200])
  })

  test('what its own client revokes is over, with all that came of it', async () => {
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'alice')
    expect((await rp.post(REVOKE, { token: tokens.refresh_token }, basic('clientConf'))).status).toBe(200)
    expect(await lives(tokens)).toEqual([401, 400])
  })
})
