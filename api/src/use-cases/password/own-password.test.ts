import { describe, expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../../testing/answers.ts'
import type { Browser } from '../../testing/browser.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath, type Tokens } from '../../testing/relying-party.ts'
import { lastReset, NEW_PASSWORD, openReset } from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

const DAY = 86_400

/** Bob at his account pages. */
async function atHome(options: Parameters<typeof createScene>[0] = {}) {
  const scene = await createScene(options)
  await signInAtHome(scene.browser, options.user?.password ?? PASSWORD)
  return scene
}
const signInAtHome = async (browser: Browser, password = PASSWORD) =>
  browser.signIn(await browser.open('/account'), BOB, password)
const change = ({ browser }: Pick<Scene, 'browser'>, more: object = {}) =>
  browser.post('/api/me/password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, ...more })

async function signsIn({ world }: Scene, password: string): Promise<boolean> {
  const browser = world.browser()
  const answer = await browser.signIn(await browser.open(authorizePath('ledger')), BOB, password)
  return answer.step?.kind === 'redirect'
}

describe('the own password', () => {
  test('is changed by saying the present one', async () => {
    const scene = await atHome()
    const answer = await jsonOf(await change(scene))
    expect(answer).toMatchObject({ changedAt: new Date(scene.clock.at).toISOString(), endsAt: null })
    expect([await signsIn(scene, PASSWORD), await signsIn(scene, NEW_PASSWORD)]).toEqual([false, true])
  })

  test('ends every other session and what was granted to it; this one goes on with a new cookie', async () => {
    const scene = await atHome({ application: { settings: { sessionRefreshToken: true } } })
    const { browser, world, refresh, redeem } = scene
    const other = world.browser()
    await signInAtHome(other)
    const thief = world.browser()
    for (const [name, value] of browser.jar) thief.jar.set(name, value)
    const { code = '' } = clientAnswer(await scene.authorize())
    const tokens = await jsonOf<Tokens>(await redeem(code))
    expect((await change(scene)).status).toBe(200)
    await expectProblem(await other.get('/api/me'), 401, 'unauthenticated')
    await expectProblem(await thief.get('/api/me'), 401, 'unauthenticated')
    expect((await browser.get('/api/me')).status).toBe(200)
    expect((await refresh(tokens)).status, 'what was granted in this session stays').toBe(200)
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toHaveProperty('code')
  })

  test('leaves the other sessions where its owner wants it', async () => {
    const scene = await atHome()
    const other = scene.world.browser()
    await signInAtHome(other)
    await change(scene, { endOtherSessions: false })
    expect((await other.get('/api/me')).status).toBe(200)
  })

  test('tells its owner, with a link in case it was somebody else, and is an event', async () => {
    const scene = await atHome()
    await change(scene)
    const notice = (await mailsOf(scene)).at(-1)
    expect(notice).toMatchObject({ kind: 'password_changed', recipient: BOB })
    expect(notice?.values).toMatchObject({ notMeLink: expect.stringMatching(/\/not-me#vl_/) })
    expect(await scene.events()).toContainEqual(
      expect.objectContaining({ type: 'user.password_set', actor: scene.userId }),
    )
  })

  test('ends outstanding resets', async () => {
    const scene = await atHome()
    await openReset(scene.world.browser())
    const { token } = await lastReset(scene)
    await change(scene)
    await expectProblem(await scene.browser.post('/api/password-reset/look', { token }), 400, 'code_invalid')
  })

  test('is held to the policy', async () => {
    const scene = await atHome({ user: { password: 'four old lanterns' } })
    for (const [newPassword, broken] of [
      ['short', 'too_short'],
      ['password1234', 'common'],
      ['bob is my name', 'context'],
      ['four old lanterns', 'reused'],
    ])
      expect(await jsonOf(await change(scene, { currentPassword: 'four old lanterns', newPassword }))).toMatchObject({
        code: 'invalid_input',
        fields: { newPassword: [broken] },
      })
    expect(await signsIn(scene, 'four old lanterns')).toBe(true)
  })

  test('a wrong one counts among the guesses of the login, up to the lock', async () => {
    const scene = await atHome()
    await scene.world.setPolicy('lockout', { maxFailures: 3 }, scene.acme)
    for (let guess = 1; guess < 3; guess++)
      await expectProblem(await change(scene, { currentPassword: `guess ${guess}` }), 401, 'invalid_credentials')
    await expectProblem(await change(scene, { currentPassword: 'the third' }), 429, 'too_many_attempts')
    await expectProblem(await change(scene), 429, 'too_many_attempts')
    expect(await signsIn(scene, PASSWORD)).toBe(false)
    expect((await mailsOf(scene)).at(-1)).toMatchObject({ kind: 'account_locked' })
  })

  test('a right one forgets the wrong ones before', async () => {
    const scene = await atHome()
    await scene.world.setPolicy('lockout', { maxFailures: 3 }, scene.acme)
    for (const guess of ['one', 'two']) await change(scene, { currentPassword: guess })
    expect((await change(scene)).status).toBe(200)
    await expectProblem(await change(scene, { currentPassword: 'again' }), 401, 'invalid_credentials')
  })

  test('of many at once one counts', async () => {
    const scene = await atHome()
    const all = await Promise.all(
      Array.from({ length: 4 }, (_, nth) => change(scene, { newPassword: `quiet lanterns, number ${nth}` })),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test.each([{ userId: 'usr_1' }, { isVerified: true }, { mustChange: false }])(
    'takes nothing besides: %j',
    async (more) => {
      await expectProblem(await change(await atHome(), more), 400, 'invalid_input')
    },
  )
})

describe('its age', () => {
  test('is told on the account pages, and on the step after the sign-in, once its end is near', async () => {
    const scene = await atHome()
    const { browser, world, clock, acme } = scene
    await world.setPolicy('login', { sessionIdleLifetime: 100 * DAY, passwordCheckLifetime: 100 * DAY }, acme)
    await world.setPolicy('password', { maxAge: 30 * DAY, warnBefore: 7 * DAY }, acme)
    const end = new Date(clock.at + 30 * DAY * 1000).toISOString()
    const ask = async () => browser.step(await browser.open(authorizePath('ledger', { prompt: 'consent' })))
    expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ passwordEndsAt: null })
    clock.advance(23 * DAY)
    expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ passwordEndsAt: end })
    expect(await jsonOf(await browser.get('/api/me/password'))).toMatchObject({ endsAt: end })
    expect(await ask()).toMatchObject({ step: { kind: 'consent' }, passwordEndsAt: end })
    const stranger = world.browser()
    const request = await stranger.open(authorizePath('ledger'))
    await stranger.post(`/api/login/${request}/identifier`, { identifier: BOB })
    expect(await stranger.step(request)).toMatchObject({ passwordEndsAt: null })
    await change(scene)
    expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ passwordEndsAt: null })
  })
})

test('the rules are those of its owner', async () => {
  const { browser, world, acme } = await atHome()
  await world.setPolicy('password', { minLength: 15, requireSymbol: true }, acme)
  expect(await jsonOf(await browser.get('/api/me/password'))).toMatchObject({
    rules: { minLength: 15, requireSymbol: true, contextWords: expect.arrayContaining(['bob', 'acme']) },
  })
})
