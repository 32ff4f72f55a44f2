import type { Activity } from '@vestibule/shared/contract/activity.ts'
import { expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../testing/answers.ts'
import { authorizePath, obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'
import { recordEvent } from '../use-cases/record-event.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
type Page = { activity: Activity[]; next: string | null }

/** Bob at his account pages, in Firefox. */
async function createAtHome() {
  const scene = await createScene()
  const { browser } = scene
  const location = (await browser.get('/account', { 'user-agent': FIREFOX })).headers.get('location')!
  await browser.signIn(location.replace('/login/', ''), BOB, PASSWORD)
  const activity = async (before?: string) =>
    jsonOf<Page>(await browser.get(`/api/me/activity${before ? `?before=${before}` : ''}`))
  const types = async () => (await activity()).activity.map(({ type }) => type)
  return { ...scene, activity, types }
}

test('what happened is listed, newest first, with time and browser', async () => {
  const { activity, browser, clock } = await createAtHome()
  const signedInAt = new Date(clock.now()).toISOString()
  clock.advance(1)
  const request = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  await browser.post(`/api/login/${request}/password`, { password: 'not the password' })
  expect(await activity()).toEqual({
    activity: [
      {
        id: expect.stringMatching(/^evt_/),
        at: new Date(clock.now()).toISOString(),
        type: 'password_refused',
        by: null,
        browser: null,
        system: null,
        application: null,
      },
      {
        id: expect.stringMatching(/^evt_/),
        at: signedInAt,
        type: 'signed_in',
        by: 'self',
        browser: 'Firefox',
        system: 'Linux',
        application: null,
      },
    ],
    next: null,
  })
})

test('what happens in one millisecond is listed in its order, over the end of a page too', async () => {
  const { activity, deps, userId, acme } = await createAtHome()
  const names = Array.from({ length: 60 }, (_, nth) => `${nth}`)
  await deps.db.transaction(async (tx) => {
    for (const nth of names)
      await recordEvent(deps, tx, {
        type: 'grant.revoked',
        organizationId: acme,
        actor: userId,
        target: userId,
        data: { nth },
      })
  })
  const rows = await deps.repositories.events.listOfPerson(userId, 60)
  expect(rows.map(({ data }) => data.nth)).toEqual(names.toReversed())
  const first = await activity()
  const second = await activity(first.next!)
  expect([...first.activity, ...second.activity].map(({ id }) => id)).toEqual(rows.slice(0, 40).map(({ id }) => id))
})

test('an application is named, and an ended session is told with its browser', async () => {
  const { activity, browser, world, deps, clock } = await createAtHome()
  clock.advance(1)
  const other = world.browser()
  await other.signIn(await other.open('/account'), BOB, PASSWORD)
  clock.advance(1)
  await other.get(authorizePath('ledger'))
  clock.advance(1)
  await browser.post('/api/me/sessions/end', { session: 'others' })
  const { activity: all } = await activity()
  expect(all.map(({ type, application, by }) => [type, application, by])).toEqual([
    ['session_ended', null, 'self'],
    ['application_opened', 'ledger of the tests', 'self'],
    ['signed_in', null, 'self'],
    ['signed_in', null, 'self'],
  ])
  await deps.db.query.delete(deps.db.tables.applications)
  expect((await activity()).activity[1]).toMatchObject({ type: 'application_opened', application: null })
})

test('it is read page by page, nothing twice and nothing left out', async () => {
  const { activity, deps, acme, userId, clock } = await createAtHome()
  for (let nth = 0; nth < 45; nth++) {
    clock.advance(1)
    await deps.db.transaction((tx) =>
      recordEvent(deps, tx, { type: 'user.changed', organizationId: acme, actor: userId, target: userId }),
    )
  }
  const pages: Page[] = [await activity()]
  while (pages.at(-1)!.next !== null) pages.push(await activity(pages.at(-1)!.next!))
  expect(pages.map((page) => page.activity.length)).toEqual([20, 20, 6])
  const all = pages.flatMap((page) => page.activity)
  expect(new Set(all.map(({ id }) => id)).size).toBe(46)
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
})

test('a manager’s doing says so, and somebody else’s activity is not shown', async () => {
  const { activity, world, deps, acme, userId, clock } = await createAtHome()
  clock.advance(1)
  const [root, ann] = [await world.addUser('root'), await world.addUser('ann')]
  await deps.db.transaction(async (tx) => {
    await recordEvent(deps, tx, { type: 'user.changed', organizationId: acme, actor: root, target: userId })
    await recordEvent(deps, tx, { type: 'user.changed', organizationId: acme, actor: root, target: ann })
  })
  await obtainTokens(world, world.browser(), 'ledger', 'ann@acme.test')
  const { activity: all } = await activity()
  expect(all.map(({ type, by }) => [type, by])).toEqual([
    ['profile_changed', 'manager'],
    ['signed_in', 'self'],
  ])
})

test('a code that came twice is told to its owner', async () => {
  const { types, authorize, redeem } = await createAtHome()
  const { code = '' } = clientAnswer(await authorize())
  await redeem(code)
  await redeem(code)
  expect(await types()).toContain('grant_reused')
})

test.each(['evt_', 'usr_0', 'x', "' or 1=1 --", '%00'])('%j is no place to read on from', async (before) => {
  const { browser } = await createAtHome()
  await expectProblem(await browser.get(`/api/me/activity?before=${before}`), 400, 'invalid_input')
})

test('nothing else may be asked for', async () => {
  const { browser } = await createAtHome()
  await expectProblem(await browser.get('/api/me/activity?user=usr_1'), 400, 'invalid_input')
})
