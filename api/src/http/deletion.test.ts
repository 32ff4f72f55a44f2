import { expect, test } from 'vitest'
import { STEP_UP_MAX_AGE } from '../domain/auth-request.ts'
import { clientAnswer, expectOAuthError, expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { lastMail, messagesOf, tokenOf } from '../testing/messages.ts'
import { authorizePath, obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'
import { deleteAccounts } from '../use-cases/deletion/delete-accounts.ts'
import { createNotMeLink } from '../use-cases/not-me/not-me-link.ts'

const DAY = 86_400
const GRACE = 14 * DAY

/** Bob at his account pages, signed in elsewhere too, and with an application that holds tokens. */
async function createLife() {
  const scene = await createScene({ application: { settings: { sessionRefreshToken: true } } })
  const { world, browser, deps, clock } = scene
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const elsewhere = world.browser()
  const tokens = await obtainTokens(world, elsewhere, 'ledger', BOB)
  const plan = (loginName = BOB) => browser.post('/api/me/deletion', { loginName })
  const undoLink = async () => tokenOf((await lastMail(scene, 'deletion_planned')).values.undoLink)
  const me = async () => jsonOf<{ deletionAt: string | null }>(await browser.get('/api/me'))
  const run = () => deleteAccounts(deps)
  const end = () => {
    clock.advance(GRACE)
    return run()
  }
  return { ...scene, elsewhere, tokens, plan, undoLink, me, run, end }
}

test('it is planned for fourteen days later: other sessions and everything granted end now, and a mail says so', async () => {
  const { plan, me, clock, elsewhere, tokens, userinfo, refresh, world, events, userId } = await createLife()
  const deletionAt = new Date(clock.now() + GRACE * 1000).toISOString()
  expect(await jsonOf(await plan())).toEqual({ deletionAt })
  expect((await me()).deletionAt).toBe(deletionAt)
  expect((await userinfo(tokens)).status).toBe(401)
  await expectOAuthError(await refresh(tokens), 400, 'invalid_grant')
  expect(clientAnswer(await elsewhere.get(authorizePath('ledger', { prompt: 'none' })))).toMatchObject({
    error: 'login_required',
  })
  const { to, values } = await lastMail(world, 'deletion_planned')
  expect([to, values.date]).toEqual([BOB, clock.now() + GRACE * 1000])
  expect(values.undoLink).toMatch(/^http:\/\/localhost:3000\/undo-deletion#vl_[\w-]{43}$/)
  expect((await events()).find(({ type }) => type === 'user.deletion_planned')).toMatchObject({ person: userId })
})

test('planned again it stays with the first date, and no second mail is written', async () => {
  const { plan, clock, deps } = await createLife()
  const first = await jsonOf(await plan())
  clock.advance(60)
  expect(await jsonOf(await plan())).toEqual(first)
  expect(await messagesOf({ deps })).toHaveLength(1)
})

test('it wants the login name, and a young proof', async () => {
  const { plan, me, clock } = await createLife()
  for (const other of ['bob', 'ann@acme.test', `${BOB}x`]) {
    const answer = await plan(other)
    expect(await jsonOf(answer)).toMatchObject({ code: 'invalid_input', fields: { loginName: ['invalid'] } })
  }
  clock.advance(STEP_UP_MAX_AGE)
  await expectProblem(await plan(), 401, 'reauth_required')
  expect((await me()).deletionAt).toBeNull()
  clock.advance(-STEP_UP_MAX_AGE)
  expect((await plan(' BOB@acme.test ')).status).toBe(200)
})

test('meanwhile no application is opened; whoever wants to can keep the account there and goes on', async () => {
  const { plan, browser, me, events } = await createLife()
  await plan()
  expect(clientAnswer(await browser.get(authorizePath('ledger', { prompt: 'none' })))).toMatchObject({
    error: 'interaction_required',
  })
  const request = await browser.open(authorizePath('ledger'))
  expect((await browser.step(request)).step).toMatchObject({ kind: 'deletion_planned' })
  await expectProblem(await browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
  const kept = await jsonOf(await browser.post(`/api/login/${request}/keep-account`, {}))
  expect(redirectOf(kept as never).searchParams.get('code')).toMatch(/^vc_/)
  expect((await me()).deletionAt).toBeNull()
  expect((await events()).map(({ type }) => type)).toContain('user.deletion_undone')
})

test('to somebody who does not know the password nothing of it is said', async () => {
  const { plan, world } = await createLife()
  await plan()
  const stranger = world.browser()
  const request = await stranger.open(authorizePath('ledger'))
  await stranger.post(`/api/login/${request}/identifier`, { identifier: BOB })
  expect((await stranger.step(request)).step.kind).toBe('first_factor')
})

test('it is undone in the account', async () => {
  const { plan, me, browser, end, undoLink, world } = await createLife()
  await plan()
  const token = await undoLink()
  expect(await jsonOf(await browser.post('/api/me/deletion/undo', {}))).toEqual({ deletionAt: null })
  expect((await me()).deletionAt).toBeNull()
  await expectProblem(await world.browser().post('/api/undo-deletion', { token }), 400, 'code_invalid')
  expect(await end()).toBe(0)
})

test('it is undone by the link of the mail, once, by whoever holds it', async () => {
  const { plan, me, world, undoLink, end } = await createLife()
  await plan()
  const token = await undoLink()
  await world.browser().page('/undo-deletion')
  await world.addUser('ann')
  const ann = world.browser()
  await ann.signIn(await ann.open('/account'), 'ann@acme.test', PASSWORD)
  await ann.post('/api/me/deletion', { loginName: 'ann@acme.test' })
  const answers = await Promise.all([ann, world.browser()].map((one) => one.post('/api/undo-deletion', { token })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
  expect(await jsonOf(answers.find(({ status }) => status === 200)!)).toEqual({ loginName: BOB })
  expect((await me()).deletionAt).toBeNull()
  // what ann wishes for her own account is hers to say
  expect(await end()).toBe(1)
})

test('when the days are over it is gone for good, and nothing undoes it', async () => {
  const { plan, undoLink, world, browser, clock, end } = await createLife()
  await plan()
  const token = await undoLink()
  clock.advance(GRACE)
  // before anything was deleted
  await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
  await expectProblem(await world.browser().post('/api/undo-deletion', { token }), 400, 'code_invalid')
  clock.advance(-GRACE)
  expect(await end()).toBe(1)
  await expectProblem(await world.browser().post('/api/undo-deletion', { token }), 400, 'code_invalid')
  const again = world.browser()
  const request = await again.open('/account')
  await again.post(`/api/login/${request}/identifier`, { identifier: BOB })
  await expectProblem(
    await again.post(`/api/login/${request}/password`, { password: PASSWORD }),
    401,
    'invalid_credentials',
  )
})

test('nothing of the person is left in any table, but ids in the events and the hash of the subject', async () => {
  const { plan, world, deps, userId, end, undoLink } = await createLife()
  await deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
  await plan()
  await undoLink()
  // the account pages of this browser wait for somebody to sign in
  await world.browser().open('/account')
  expect(await end()).toBe(1)
  const left: string[] = []
  for (const [name, table] of Object.entries(deps.db.tables)) {
    const rows = await deps.db.query.select().from(table as typeof deps.db.tables.users)
    for (const row of rows) if (new RegExp(`${userId}|${BOB}|"bob`, 'i').test(JSON.stringify(row))) left.push(name)
  }
  // the last mail waits until it is sent; sent, it is forgotten
  expect([...new Set(left)]).toEqual(['outboxMessages', 'events'])
  expect(await lastMail(world, 'account_deleted')).toMatchObject({ to: BOB })
  const events = await deps.db.query.select().from(deps.db.tables.events)
  expect(JSON.stringify(events)).not.toMatch(/bob|acme\.test/)
  // rows of one moment come in any order
  expect(events.filter(({ type }) => type === 'user.deleted')).toMatchObject([{ target: userId }])
})

test('the names are free again, for somebody with another subject', async () => {
  const { plan, world, end, userId } = await createLife()
  await plan()
  await end()
  const other = await world.addUser('bob')
  expect(other).not.toBe(userId)
  const { id_token = '' } = await obtainTokens(world, world.browser(), 'ledger', BOB)
  const [, claims = ''] = id_token.split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).sub).toBe(other)
})

test('a browser that others use too stays', async () => {
  const { plan, world, browser, clock, run } = await createLife()
  await world.addUser('ann')
  await plan()
  clock.advance(GRACE)
  const request = await browser.open('/account')
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.signIn(request, 'ann@acme.test', PASSWORD)
  expect(await run()).toBe(1)
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ loginName: 'ann@acme.test' })
})

test('of all who may do everything one stays, also when two leave at the same moment', async () => {
  const scene = await createLife()
  const { deps, userId, world, plan, browser } = scene
  const ann = await world.addUser('ann')
  const grant = (id: typeof userId) =>
    deps.db.transaction((tx) =>
      deps.repositories.managerRoles.grant(tx, { userId: id, scope: 'instance', role: 'instance_owner' }),
    )
  await grant(userId)
  await expectProblem(await plan(), 409, 'last_owner')

  await grant(ann)
  const hers = world.browser()
  await hers.signIn(await hers.open('/account'), 'ann@acme.test', PASSWORD)
  const both = await Promise.all([plan(), hers.post('/api/me/deletion', { loginName: 'ann@acme.test' })])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  await Promise.all([browser, hers].map((one) => one.post('/api/me/deletion/undo', {})))
  expect((await plan()).status).toBe(200)
})

test('the days are a setting', async () => {
  const { browser, clock } = await createScene({ env: { DELETION_GRACE_DAYS: '3' } })
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  expect(await jsonOf(await browser.post('/api/me/deletion', { loginName: BOB }))).toEqual({
    deletionAt: new Date(clock.now() + 3 * DAY * 1000).toISOString(),
  })
})
