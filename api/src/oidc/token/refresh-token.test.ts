import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { publicTokenRequest, type Tokens, tokenRequest } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import type { ApplicationOptions } from '../../testing/world.ts'

const OFFLINE = { scope: 'openid email offline_access' }
const DAY = 86_400
const createOffline = (application: ApplicationOptions = {}) =>
  createScene({ application: { ...application, settings: { consent: 'never', ...application.settings } } })

test('RF1 offline_access brings a refresh token, which rotates at each use', async () => {
  const { tokens, refresh, userinfo } = await createOffline()
  const first = await tokens(OFFLINE)
  expect(first.refresh_token).toMatch(/^vr_[\w-]{43}$/)
  const second = await jsonOf<Tokens>(await refresh(first))
  expect(second).toMatchObject({ token_type: 'Bearer', scope: OFFLINE.scope, id_token: expect.any(String) })
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect((await userinfo(second)).status).toBe(200)
  expect((await refresh(second)).status).toBe(200)
})

test('RF1 it rotates for a public client too', async () => {
  const { deps, world, tokens } = await createOffline()
  const { refresh_token = '' } = await tokens(OFFLINE)
  const { applications } = deps.db.tables
  const [row] = await deps.db.query.select().from(applications)
  await change(world, 'applications', row!.id, {
    type: 'native',
    settings: { ...row!.settings, authenticationMethod: 'none' },
  })
  const form = { grant_type: 'refresh_token', refresh_token }
  const next = await jsonOf<Tokens>(await publicTokenRequest(world, 'ledger', form))
  expect(next.refresh_token).not.toBe(refresh_token)
  await expectOAuthError(await publicTokenRequest(world, 'ledger', form), 400, 'invalid_grant')
})

test('RF1 without offline_access there is none', async () => {
  const { tokens } = await createOffline()
  expect(await tokens({ scope: 'openid' })).not.toHaveProperty('refresh_token')
})

test('RF2 a rotated token presented again ends its family', async () => {
  const { tokens, refresh, userinfo, events } = await createOffline()
  const first = await tokens(OFFLINE)
  const second = await jsonOf<Tokens>(await refresh(first))
  const third = await jsonOf<Tokens>(await refresh(second))
  await expectOAuthError(await refresh(first), 400, 'invalid_grant')
  await expectOAuthError(await refresh(third), 400, 'invalid_grant')
  for (const each of [first, second, third]) expect((await userinfo(each)).status).toBe(401)
  expect(await events()).toContainEqual(
    expect.objectContaining({ type: 'grant.reused', data: { presented: 'refresh_token' } }),
  )
})

test('RF2 reuse is noticed long after, and after the clean-up', async () => {
  const { tokens, refresh, clock, deps } = await createOffline()
  const { cleanUp } = await import('../../jobs/clean-up.ts')
  const first = await tokens(OFFLINE)
  clock.advance(20 * DAY)
  const second = await jsonOf<Tokens>(await refresh(first))
  clock.advance(20 * DAY)
  await cleanUp(deps)
  await expectOAuthError(await refresh(first), 400, 'invalid_grant')
  await expectOAuthError(await refresh(second), 400, 'invalid_grant')
})

test('RF3 parallel refreshes with one token: one 200 at most, never two families', async () => {
  const { tokens, refresh } = await createOffline()
  const first = await tokens(OFFLINE)
  const responses = await Promise.all(Array.from({ length: 5 }, () => refresh(first)))
  const winners = responses.filter(({ status }) => status === 200)
  expect(winners).toHaveLength(1)
  // the others reused it, so the family is over
  await expectOAuthError(await refresh(await jsonOf<Tokens>(winners[0]!)), 400, 'invalid_grant')
})

test('RF4 another client’s attempt revokes nothing, and authentication is needed', async () => {
  const { world, tokens, refresh } = await createOffline()
  await world.addApplication('thief')
  const first = await tokens(OFFLINE)
  const form = { grant_type: 'refresh_token', refresh_token: first.refresh_token! }
  await expectOAuthError(await tokenRequest(world, 'thief', form), 400, 'invalid_grant')
  await expectOAuthError(await publicTokenRequest(world, 'ledger', form), 401, 'invalid_client')
  expect((await refresh(first)).status).toBe(200)
})

test('RF5 it idles out after 30 days, and each use moves that', async () => {
  const { tokens, refresh, clock } = await createOffline()
  let current = await tokens(OFFLINE)
  clock.advance(30 * DAY - 1)
  current = await jsonOf<Tokens>(await refresh(current))
  clock.advance(30 * DAY)
  await expectOAuthError(await refresh(current), 400, 'invalid_grant')
})

test('RF5 it ends 90 days after the first one, and no use moves that', async () => {
  const { tokens, refresh, clock } = await createOffline()
  let current = await tokens(OFFLINE)
  for (let day = 25; day < 90; day += 25) {
    clock.advance(25 * DAY)
    current = await jsonOf<Tokens>(await refresh(current))
  }
  clock.advance(15 * DAY)
  await expectOAuthError(await refresh(current), 400, 'invalid_grant')
})

test('RF6 a larger scope is refused, and the token is not spent', async () => {
  const { tokens, refresh } = await createOffline()
  const first = await tokens(OFFLINE)
  await expectOAuthError(await refresh(first, { scope: 'openid phone' }), 400, 'invalid_scope')
  expect((await refresh(first)).status).toBe(200)
})

test('RF6 a subset narrows this access token only', async () => {
  const { tokens, refresh, userinfo, userId } = await createOffline()
  const narrow = await jsonOf<Tokens>(await refresh(await tokens(OFFLINE), { scope: 'openid' }))
  expect(narrow.scope).toBe('openid')
  expect(await jsonOf(await userinfo(narrow))).toEqual({ sub: userId })
  expect(await jsonOf<Tokens>(await refresh(narrow))).toMatchObject({ scope: OFFLINE.scope })
})

test('RF7 the new ID token says the same of the sign-in, later, without a nonce', async () => {
  const { tokens, refresh, clock } = await createOffline()
  const first = await tokens({ ...OFFLINE, nonce: 'n' })
  clock.advance(3600)
  const before = decodeJwt(first.id_token!)
  const after = decodeJwt((await jsonOf<Tokens>(await refresh(first))).id_token!)
  const { iss, sub, aud, auth_time, sid } = before
  expect(after).toMatchObject({ iss, sub, aud, auth_time, sid, iat: before.iat! + 3600 })
  expect(after).not.toHaveProperty('nonce')
})

test('RF7 without openid in the narrowed scope there is no ID token', async () => {
  const { tokens, refresh } = await createOffline()
  expect(await jsonOf(await refresh(await tokens(OFFLINE), { scope: 'email' }))).not.toHaveProperty('id_token')
})

test('RF7 claims are read anew', async () => {
  const { tokens, refresh, userId, world } = await createOffline({ settings: { userInfoInIdToken: true } })
  const first = await tokens({ scope: 'openid profile offline_access' })
  expect(decodeJwt(first.id_token!).name).toBe('bob of the tests')
  await change(world, 'users', userId, { displayName: 'Robert' })
  expect(decodeJwt((await jsonOf<Tokens>(await refresh(first))).id_token!).name).toBe('Robert')
})
