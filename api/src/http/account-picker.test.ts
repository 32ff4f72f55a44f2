import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../testing/answers.ts'
import { authorizePath, obtainTokens, userinfoRequest } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

const ANN = 'ann@acme.test'

/** Bob and ann are signed in, in one browser; ann was last. */
async function createTwo() {
  const scene = await createScene()
  const { browser, world, clock } = scene
  await world.addUser('ann')
  const tokens = await scene.tokens()
  clock.advance(1)
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.signIn(request, ANN, PASSWORD)
  const open = async () => {
    const id = await browser.open(authorizePath('ledger'))
    return { id, accounts: accountsOf(await browser.step(id)), act: act(id) }
  }
  const act = (id: string) => async (action: string, body: object) =>
    jsonOf<LoginAnswer>(await browser.post(`/api/login/${id}/${action}`, body))
  return { ...scene, tokens, open }
}

function accountsOf({ step }: LoginAnswer) {
  if (step.kind !== 'select_account') throw new Error(step.kind)
  return step.accounts
}

test('several live sessions: the person chooses, the latest first', async () => {
  const { open } = await createTwo()
  const { accounts, act } = await open()
  expect(
    accounts.map(({ loginName, state, displayName, organization }) => [loginName, state, displayName, organization]),
  ).toEqual([
    [ANN, 'signed_in', 'ann of the tests', 'acme.test'],
    [BOB, 'signed_in', 'bob of the tests', 'acme.test'],
  ])
  expect(await act('account', { session: accounts[1]!.session })).toMatchObject({ step: { kind: 'redirect' } })
})

test('an account that is not of this browser can not be picked', async () => {
  const { open, world, browser } = await createTwo()
  await obtainTokens(world, world.browser(), 'ledger', BOB)
  const { id, accounts } = await open()
  const rows = await world.deps.db.query.select().from(world.deps.db.tables.sessions)
  const foreign = rows.find(({ id: session }) => !accounts.some((account) => account.session === session))!
  for (const action of ['account', 'forget', 'sign-out'])
    await expectProblem(await browser.post(`/api/login/${id}/${action}`, { session: foreign.id }), 404, 'not_found')
})

test('forgetting takes an account out of the picker and ends its session', async () => {
  const { open, tokens, world, authorize, events } = await createTwo()
  const { accounts, act } = await open()
  const bob = accounts[1]!
  // ann is left, and waits to be picked
  const left = accountsOf(await act('forget', { session: bob.session }))
  expect(left.map(({ loginName }) => loginName)).toEqual([ANN])
  expect((await userinfoRequest(world, tokens.access_token)).status).toBe(401)
  expect(clientAnswer(await authorize({ prompt: 'none', login_hint: BOB }))).toMatchObject({ error: 'login_required' })
  expect((await events()).map(({ type }) => type)).toContain('account.forgotten')
})

test('signing one out leaves it in the picker, signed out', async () => {
  const { open, authorize, browser } = await createTwo()
  const { id, accounts, act } = await open()
  const left = accountsOf(await act('sign-out', { session: accounts[0]!.session }))
  expect(left.map(({ loginName, state }) => [loginName, state])).toEqual([
    [ANN, 'signed_out'],
    [BOB, 'signed_in'],
  ])
  // nor does the page go on by itself when it is loaded anew
  expect(accountsOf(await browser.step(id))).toEqual(left)
  expect(clientAnswer(await authorize({ prompt: 'none', login_hint: BOB }))).toHaveProperty('code')
  expect(clientAnswer(await authorize({ prompt: 'none', login_hint: ANN }))).toMatchObject({ error: 'login_required' })
})

test('signing all out leaves both in the picker', async () => {
  const { open, tokens, world } = await createTwo()
  const { act } = await open()
  const left = accountsOf(await act('sign-out', { session: 'all' }))
  expect(left.map(({ state }) => state)).toEqual(['signed_out', 'signed_out'])
  expect((await userinfoRequest(world, tokens.access_token)).status).toBe(401)
})

test('"use another account" asks for a name, and leads back', async () => {
  const { open } = await createTwo()
  const { act } = await open()
  expect(await act('restart', { fresh: true })).toMatchObject({ step: { kind: 'identify', hasAccounts: true } })
  expect((await act('restart', { fresh: false })).step.kind).toBe('select_account')
})

test('a session that is signed out asks for the password again', async () => {
  const { open, browser } = await createTwo()
  const { id, accounts, act } = await open()
  await act('sign-out', { session: 'all' })
  const step = await act('account', { session: accounts[1]!.session })
  expect(step).toMatchObject({
    step: { kind: 'first_factor' },
    reasons: ['session_ended'],
    account: { displayName: 'bob of the tests' },
  })
  const answer = await browser.post(`/api/login/${id}/password`, { password: PASSWORD })
  expect(await jsonOf(answer)).toMatchObject({ step: { kind: 'redirect' } })
})

test('a session that idled out is shown as signed out', async () => {
  const { open, clock, setPolicy } = await createTwo()
  await setPolicy('login', { sessionIdleLifetime: 60 })
  clock.advance(61)
  expect((await open()).accounts.map(({ state }) => state)).toEqual(['signed_out', 'signed_out'])
})

test('a check that became too old is shown as "password needed"', async () => {
  const { open, clock, setPolicy } = await createTwo()
  await setPolicy('login', { passwordCheckLifetime: 60 })
  clock.advance(61)
  expect((await open()).accounts.map(({ state }) => state)).toEqual(['password_needed', 'password_needed'])
})

test('signing in again takes the place of the older session of the same person', async () => {
  const { open, browser } = await createTwo()
  const { id, act } = await open()
  await act('sign-out', { session: 'all' })
  await act('restart', { fresh: true })
  await browser.signIn(id, 'bob', PASSWORD)
  const picker = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  expect(
    accountsOf(await browser.step(picker))
      .map(({ loginName }) => loginName)
      .toSorted(),
  ).toEqual([ANN, 'bob'])
})

test('the account pages list the accounts of this browser, and switch between them', async () => {
  const { browser, open } = await createTwo()
  const { accounts, act } = await open()
  const [ann, bob] = accounts as [(typeof accounts)[0], (typeof accounts)[0]]
  const list = async () => {
    const answer = await browser.get('/api/me/accounts')
    return (await jsonOf<{ accounts: { loginName: string; state: string; current: boolean }[] }>(answer)).accounts
  }
  const request = await browser.open('/account')
  await browser.post(`/api/login/${request}/account`, { session: bob.session })
  const states = async () => (await list()).map(({ loginName, state, current }) => [loginName, state, current])
  expect(await states()).toEqual([
    [ANN, 'signed_in', false],
    [BOB, 'signed_in', true],
  ])
  expect(await jsonOf(await browser.post('/api/me/switch', { session: ann.session }))).toEqual({ redirect: '/account' })
  expect((await list()).find(({ current }) => current)).toMatchObject({ loginName: ANN })

  // one that is signed out proves itself on the way
  await act('sign-out', { session: bob.session })
  const { redirect } = await jsonOf<{ redirect: string }>(
    await browser.post('/api/me/switch', { session: bob.session }),
  )
  expect(redirect).toMatch(/^\/login\/req_/)
  expect(await browser.step(redirect.replace('/login/', ''))).toMatchObject({
    step: { kind: 'first_factor' },
    account: { loginName: BOB },
  })
  expect((await list()).find(({ current }) => current)).toMatchObject({ loginName: ANN })
  await expectProblem(await browser.post('/api/me/switch', { session: 'ses_of_somebody_else' }), 404, 'not_found')
})

test('a page that still shows bob does nothing to ann, whose pages another tab has opened', async () => {
  const { browser, open, userId } = await createTwo()
  const { accounts } = await open()
  const [ann, bob] = accounts as [(typeof accounts)[0], (typeof accounts)[0]]
  await browser.post(`/api/login/${await browser.open('/account')}/account`, { session: bob.session })
  const bobs = { 'vestibule-account': userId }
  expect((await browser.get('/api/me', bobs)).status).toBe(200)
  await browser.post('/api/me/switch', { session: ann.session })
  await expectProblem(await browser.get('/api/me', bobs), 409, 'account_changed')
  for (const path of ['sessions/end', 'sign-out', 'step-up', 'switch']) {
    const body = {
      'sessions/end': { session: 'others' },
      'step-up': { returnTo: 'profile' },
      switch: { session: null },
    }
    const answer = await browser.post(`/api/me/${path}`, body[path as keyof typeof body] ?? {}, bobs)
    await expectProblem(answer, 409, 'account_changed')
  }
})
