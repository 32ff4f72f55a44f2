import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { createBrowser } from '../testing/browser.ts'
import { change } from '../testing/change.ts'
import { obtainTokens, userinfoRequest } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'

type Sessions = {
  sessions: { id: string; current: boolean; browser: string | null; system: string | null; checks: object[] }[]
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Bob at his account pages, and signed in to the application in another browser. */
async function createAtHome() {
  const scene = await createScene()
  const home = createBrowser(scene.app, ISSUER)
  const location = (await home.get('/account', { 'user-agent': FIREFOX })).headers.get('location')!
  const answer = await home.signIn(location.replace('/login/', ''), BOB, PASSWORD)
  expect(answer.step).toEqual({ kind: 'redirect', redirect: { to: '/account' } })
  scene.clock.advance(1)
  const tokens = await obtainTokens(scene.world, scene.browser, 'ledger', BOB)
  const sessions = async () => (await jsonOf<Sessions>(await home.get('/api/me/sessions'))).sessions
  return { ...scene, home, tokens, sessions }
}

test('the pages greet whoever signed in', async () => {
  const { home, userId } = await createAtHome()
  expect(await home.page('/account')).toMatchObject({ kind: 'app', account: userId })
  expect(await jsonOf(await home.get('/api/me'))).toEqual({
    id: userId,
    displayName: 'bob of the tests',
    givenName: 'bob',
    loginName: BOB,
    email: BOB,
    isEmailVerified: true,
    organization: 'acme.test',
    picture: null,
    deletionAt: null,
    deletionGraceDays: 14,
    passwordEndsAt: null,
  })
})

test('sessions are listed, the latest first, with what one recognises them by', async () => {
  const { sessions, clock } = await createAtHome()
  expect(await sessions()).toMatchObject([
    { current: false, browser: null, system: null },
    {
      current: true,
      browser: 'Firefox',
      system: 'Linux',
      checks: [{ factor: 'password', at: new Date(clock.now() - 1000).toISOString() }],
    },
  ])
})

test('ending one ends its tokens', async () => {
  const { home, sessions, world, tokens, events } = await createAtHome()
  const other = (await sessions()).find(({ current }) => !current)!
  expect(await jsonOf(await home.post('/api/me/sessions/end', { session: other.id }))).toEqual({ ended: 1 })
  expect((await userinfoRequest(world, tokens.access_token)).status).toBe(401)
  expect(await sessions()).toHaveLength(1)
  expect((await events()).filter(({ type }) => type === 'session.ended')).toMatchObject([{ target: other.id }])
  await expectProblem(await home.post('/api/me/sessions/end', { session: other.id }), 404, 'not_found')
})

test('ending the others leaves this one', async () => {
  const { home, sessions, browser } = await createAtHome()
  expect(await jsonOf(await home.post('/api/me/sessions/end', { session: 'others' }))).toEqual({ ended: 1 })
  expect(await jsonOf(await home.post('/api/me/sessions/end', { session: 'others' }))).toEqual({ ended: 0 })
  expect((await sessions()).map(({ current }) => current)).toEqual([true])
  expect(
    (
      await browser.get(
        '/oauth/v2/authorize?client_id=ledger&redirect_uri=https://rp.test/cb&response_type=code&prompt=none',
      )
    ).headers.get('location'),
  ).toContain('login_required')
})

test('all of them end, this one too, with every token', async () => {
  const { home, world, tokens } = await createAtHome()
  expect(await jsonOf(await home.post('/api/me/sessions/end', { session: 'all' }))).toEqual({ ended: 2 })
  expect((await userinfoRequest(world, tokens.access_token)).status).toBe(401)
  await expectProblem(await home.get('/api/me'), 401, 'unauthenticated')
})

test('somebody else’s session can not be ended', async () => {
  const { home, world, deps } = await createAtHome()
  const ann = await world.addUser('ann')
  await obtainTokens(world, world.browser(), 'ledger', 'ann@acme.test')
  const rows = await deps.db.query.select().from(deps.db.tables.sessions)
  const hers = rows.find(({ userId }) => userId === ann)!
  await expectProblem(await home.post('/api/me/sessions/end', { session: hers.id }), 404, 'not_found')
})

test('signing out here leads to the last page, and the pages are closed', async () => {
  const { home, sessions } = await createAtHome()
  expect(await sessions()).toHaveLength(2)
  const response = await home.post('/api/me/sign-out', {})
  expect(response.headers.get('clear-site-data')).toBe('"cache"')
  expect(await jsonOf(response)).toEqual({ redirect: '/signed-out' })
  await expectProblem(await home.get('/api/me'), 401, 'unauthenticated')
  expect((await home.get('/account')).headers.get('location')).toMatch(/^\/login\//)
})

test.each(['locked', 'deactivated'] as const)('a person who was %s is not let in any longer', async (state) => {
  const { home, world, userId } = await createAtHome()
  await change(world, 'users', userId, { state })
  await expectProblem(await home.get('/api/me'), 401, 'unauthenticated')
})

test('the pages close when the check is too old', async () => {
  const { home, clock } = await createAtHome()
  clock.advance(10 * 86_400)
  await expectProblem(await home.get('/api/me'), 401, 'unauthenticated')
})
