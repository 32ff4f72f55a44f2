import { expect, test } from 'vitest'
import { authorizePath, authorizeQuery, codeOf, obtainTokens, postForm } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { createSetupLink } from '../use-cases/password/set-up-password.ts'
import { cleanUp } from './clean-up.ts'

const DAY = 86_400

/** One of everything that ends by itself. */
async function createLitter() {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const { deps, browser, world, userId } = scene
  await scene.tokens({ scope: 'openid offline_access' })
  await browser.get('/oidc/v1/end_session')
  await postForm(world, '/oauth/v2/authorize', authorizeQuery('ledger').toString())
  await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))
  const other = world.browser()
  await other.signIn(await other.open(authorizePath('ledger')), BOB, 'wrong')
  const { db } = deps
  const counts = async () => {
    const names = [
      'authRequests',
      'logoutRequests',
      'pushedRequests',
      'authorizationCodes',
      'accessTokens',
      'refreshTokens',
      'grants',
      'oneTimeLinks',
      'rateBuckets',
      'sessions',
      'devices',
    ] as const
    const lists = await Promise.all(
      names.map((name) => db.query.select().from(db.tables[name] as typeof db.tables.sessions)),
    )
    return Object.fromEntries(names.map((name, at) => [name, lists[at]!.length]))
  }
  return { ...scene, counts }
}

test('what is alive stays', async () => {
  const { deps, counts } = await createLitter()
  const before = await counts()
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([])
  expect(await cleanUp(deps)).toBe(0)
  expect(await counts()).toEqual(before)
})

test('what is over stays a day for a second look', async () => {
  const { deps, counts, clock } = await createLitter()
  clock.advance(DAY)
  await cleanUp(deps)
  expect(await counts()).toMatchObject({
    // how many mails the person had that day
    rateBuckets: 1,
    authRequests: 2,
    pushedRequests: 1,
    authorizationCodes: 1,
    accessTokens: 1,
    grants: 1,
  })
})

test('then the flows and the tokens go, and what can still be refreshed stays', async () => {
  const { deps, counts, clock } = await createLitter()
  clock.advance(2 * DAY)
  expect(await cleanUp(deps)).toBeGreaterThan(5)
  expect(await counts()).toEqual({
    authRequests: 0,
    logoutRequests: 0,
    pushedRequests: 0,
    authorizationCodes: 0,
    accessTokens: 0,
    refreshTokens: 1,
    grants: 1,
    // that of a mail that is still good
    oneTimeLinks: 1,
    rateBuckets: 0,
    sessions: 1,
    devices: 2,
  })
  expect(await cleanUp(deps)).toBe(0)
})

test('in the end nothing is left', async () => {
  const { deps, counts, clock } = await createLitter()
  clock.advance(92 * DAY)
  await cleanUp(deps)
  expect(await counts()).toMatchObject({ refreshTokens: 0, grants: 0, sessions: 1, devices: 2 })
  clock.advance(90 * DAY)
  await cleanUp(deps)
  expect(await counts()).toMatchObject({ sessions: 0, devices: 2 })
  clock.advance(400 * DAY)
  await cleanUp(deps)
  expect(Object.values(await counts()).filter((count) => count > 0)).toEqual([])
})

test('a token works as well after the clean-up as before', async () => {
  const { world, deps, authorize, redeem, userinfo } = await createScene()
  const tokens = await obtainTokens(world, world.browser(), 'ledger', BOB)
  const request = await authorize({ prompt: 'none' })
  await cleanUp(deps)
  expect((await userinfo(tokens)).status).toBe(200)
  expect(request.headers.get('location')).toContain('login_required')
  expect(() => codeOf(new URL(request.headers.get('location')!))).toThrow()
  expect((await redeem('x')).status).toBe(400)
})

test('more rows than one batch go in one run', async () => {
  const { deps, clock, world } = await createScene()
  const browser = world.browser()
  for (let at = 0; at < 205; at++) await browser.open(authorizePath('ledger'))
  clock.advance(2 * DAY)
  expect(await cleanUp(deps)).toBe(205)
})
