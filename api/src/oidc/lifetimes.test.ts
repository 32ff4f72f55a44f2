import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../testing/answers.ts'
import { authorizePath, type Tokens } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { createSetupLink } from '../use-cases/password/set-up-password.ts'

const HOUR = 3600
const DAY = 24 * HOUR

test('LT1 an access token lives 12 hours', async () => {
  const { tokens, userinfo, clock } = await createScene()
  const granted = await tokens()
  clock.advance(12 * HOUR - 1)
  expect((await userinfo(granted)).status).toBe(200)
  clock.advance(1)
  expect((await userinfo(granted)).status).toBe(401)
})

test('LT2 an ID token lives 12 hours', async () => {
  const { tokens, clock } = await createScene()
  expect(decodeJwt((await tokens()).id_token!).exp).toBe(clock.now() / 1000 + 12 * HOUR)
})

test('LT4 a code lives 60 seconds', async () => {
  const { signIn, redeem, clock } = await createScene()
  const code = await signIn()
  clock.advance(60)
  expect((await redeem(code)).status).toBe(400)
})

test('LT5 a pending request lives an hour', async () => {
  const { browser, clock } = await createScene()
  const request = await browser.open(authorizePath('ledger'))
  clock.advance(HOUR - 1)
  expect((await browser.get(`/api/login/${request}`)).status).toBe(200)
  clock.advance(1)
  expect((await browser.get(`/api/login/${request}`)).status).toBe(410)
})

test('LT3 refresh tokens live 30 days unused and 90 in all', async () => {
  const { deps, tokens, clock } = await createScene({ application: { settings: { consent: 'never' } } })
  await tokens({ scope: 'openid offline_access' })
  const [row] = await deps.db.query.select().from(deps.db.tables.refreshTokens)
  expect(row).toMatchObject({
    expiresAt: clock.now() + 30 * DAY * 1000,
    absoluteExpiresAt: clock.now() + 90 * DAY * 1000,
  })
})

test('LT6 an application says how long its own live', async () => {
  const own = {
    consent: 'never',
    accessTokenLifetime: 120,
    idTokenLifetime: 60,
    refreshTokenIdleLifetime: 600,
    refreshTokenAbsoluteLifetime: 1000,
  } as const
  const { tokens, userinfo, refresh, clock } = await createScene({ application: { settings: own } })
  const first = await tokens({ scope: 'openid offline_access' })
  expect([first.expires_in, decodeJwt(first.id_token!).exp]).toEqual([120, clock.now() / 1000 + 60])
  clock.advance(119)
  expect((await userinfo(first)).status).toBe(200)
  clock.advance(1)
  expect((await userinfo(first)).status).toBe(401)
  clock.advance(479)
  const second = await jsonOf<Tokens>(await refresh(first))
  expect(second.refresh_token).toBeDefined()
  clock.advance(401)
  await expectOAuthError(await refresh(second), 400, 'invalid_grant')
})

test('LT6 unused, a refresh token ends where its application says', async () => {
  const settings = { consent: 'never', refreshTokenIdleLifetime: 600 } as const
  const { tokens, refresh, clock } = await createScene({ application: { settings } })
  const first = await tokens({ scope: 'openid offline_access' })
  clock.advance(600)
  await expectOAuthError(await refresh(first), 400, 'invalid_grant')
})

test('LT8 what was used never revives when the clock jumps back', async () => {
  const { deps, browser, userId, signIn, redeem, clock } = await createScene()
  const code = await signIn()
  expect((await redeem(code)).status).toBe(200)
  const link = await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))
  const setup = { token: link.split('#')[1], newPassword: 'seven quiet lanterns' }
  expect((await browser.post('/api/password-setup', setup)).status).toBe(200)
  clock.advance(-30)
  expect((await redeem(code)).status).toBe(400)
  expect((await browser.post('/api/password-setup', setup)).status).toBe(400)
})
