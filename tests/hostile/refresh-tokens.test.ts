import { describe, expect, test } from 'vitest'
import { letTimePass } from './harness/database.ts'
import { json } from './harness/http.ts'
import { expectRefused } from './harness/refusal.ts'
import { basic, claimsOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world
const DAY = 86_400

test('N163 TOKEN - a used refresh token ends its whole family', async () => {
  const first = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
  const second = tokensOf(await rp.refresh('clientConf', first.refresh_token))
  const other = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
  expectRefused(await rp.refresh('clientConf', first.refresh_token), 'invalid_grant')
  expectRefused(await rp.refresh('clientConf', second.refresh_token), 'invalid_grant')
  for (const { access_token } of [first, second]) expectRefused(await rp.userinfo(access_token), 'invalid_token')
  // the family next door lives
  tokensOf(await rp.refresh('clientConf', other.refresh_token))
})

describe('N166 TOKEN - a refresh token', () => {
  test('of another client is refused, and nothing is revoked', async () => {
    const { refresh_token } = await rp.obtainTokens(world.browser(), 'rp1', 'bob')
    expectRefused(await rp.refresh('rp2', refresh_token), 'invalid_grant')
    expectRefused(
      await rp.token('rp1', { grant_type: 'refresh_token', refresh_token, client_id: 'rp1' }, {}),
      'invalid_client',
    )
    expectRefused(
      await rp.token('rp1', { grant_type: 'refresh_token', refresh_token, client_id: 'clientPub' }, {}),
      'invalid_grant',
    )
    expectRefused(
      await rp.token('rp1', { grant_type: 'refresh_token', refresh_token }, basic('rp1', 'wrong')),
      'invalid_client',
    )
    tokensOf(await rp.refresh('rp1', refresh_token))
  })

  test('widens no scope, and a narrowed answer narrows no family', async () => {
    const { refresh_token } = await rp.obtainTokens(world.browser(), 'rp1', 'bob', {
      scope: 'openid profile offline_access',
    })
    for (const scope of [
      'openid email',
      'openid profile email phone address',
      'openid unknown',
      'openid openid email',
      'OPENID',
      'openid\temail',
    ])
      expectRefused(await rp.refresh('rp1', refresh_token, { scope }), 'invalid_scope')
    const narrowed = tokensOf(await rp.refresh('rp1', refresh_token, { scope: 'openid' }))
    expect(narrowed.scope).toBe('openid')
    expect(json(await rp.userinfo(narrowed.access_token))).toEqual({ sub: claimsOf(narrowed.id_token).sub })
    expectRefused(await rp.refresh('rp1', narrowed.refresh_token, { scope: 'openid email' }), 'invalid_scope')
    const wide = tokensOf(await rp.refresh('rp1', narrowed.refresh_token))
    expect(wide.scope.split(' ').toSorted()).toEqual(['offline_access', 'openid', 'profile'])
  })

  test.each([
    'password',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'urn:openid:params:grant-type:ciba',
    'authorization_code ',
    'REFRESH_TOKEN',
    '__proto__',
    'constructor',
  ])('grant_type %s is not offered', async (grant_type) => {
    expectRefused(
      await rp.token('rp1', { grant_type, username: 'bob', password: 'x', assertion: 'x' }),
      'unsupported_grant_type',
    )
  })
})

describe('N168 TOKEN - a refresh token ends', () => {
  test('when nobody used it for the idle time', async () => {
    const { refresh_token } = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    await letTimePass(world.rows, 30 * DAY + 1)
    expectRefused(await rp.refresh('clientConf', refresh_token), 'invalid_grant')
  })

  test('at its absolute end, however often it was rotated', async () => {
    let { refresh_token } = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    for (let days = 0; days < 87; days += 29) {
      await letTimePass(world.rows, 29 * DAY)
      refresh_token = tokensOf(await rp.refresh('clientConf', refresh_token)).refresh_token
    }
    await letTimePass(world.rows, 3 * DAY + 1)
    expectRefused(await rp.refresh('clientConf', refresh_token), 'invalid_grant')
  })

  test('and the access token at its own', async () => {
    const { access_token } = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    await letTimePass(world.rows, 12 * 3600 + 1)
    expectRefused(await rp.userinfo(access_token), 'invalid_token')
  })
})
