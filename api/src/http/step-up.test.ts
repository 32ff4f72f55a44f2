import { expect, test } from 'vitest'
import { STEP_UP_MAX_AGE } from '../domain/auth-request.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'
import { currentAccount } from '../use-cases/me/current-account.ts'

const ANN = 'ann@acme.test'

/** Bob at his account pages, with a proof that has grown old. */
async function createAtHome() {
  const scene = await createScene()
  const { browser, deps, clock } = scene
  await scene.world.addUser('ann')
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  clock.advance(STEP_UP_MAX_AGE)
  const stepUp = async (returnTo = 'profile') => {
    const { redirect } = await jsonOf<{ redirect: string }>(await browser.post('/api/me/step-up', { returnTo }))
    return redirect.replace('/login/', '')
  }
  /** What a route that wants a young proof would say. */
  const actor = () =>
    currentAccount(deps, {
      deviceToken: browser.jar.get('vestibule')!,
      maxAge: STEP_UP_MAX_AGE,
      duringGrace: false,
      shown: null,
    })
  const password = async (request: string, value = PASSWORD) =>
    browser.post(`/api/login/${request}/password`, { password: value })
  return { ...scene, stepUp, actor, password }
}

test('an old proof is asked for again, with the reason, and leads back to the page', async () => {
  const { browser, stepUp, actor, password } = await createAtHome()
  await expect(actor()).rejects.toMatchObject({ code: 'reauth_required' })
  const request = await stepUp()
  expect(await browser.step(request)).toMatchObject({
    step: { kind: 'first_factor' },
    reasons: ['account_asks_again'],
    account: { loginName: BOB },
    application: null,
  })
  expect(redirectOf(await jsonOf(await password(request))).pathname).toBe('/account/profile')
  expect(await actor()).toMatchObject({ account: { loginName: BOB } })
})

test('the proof lasts for five minutes', async () => {
  const { stepUp, actor, password, clock } = await createAtHome()
  await password(await stepUp())
  clock.advance(STEP_UP_MAX_AGE - 1)
  await actor()
  clock.advance(1)
  await expect(actor()).rejects.toMatchObject({ code: 'reauth_required' })
})

test('a young proof leads straight back', async () => {
  const { browser } = await createScene()
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const answer = await browser.post('/api/me/step-up', { returnTo: 'sessions' })
  expect(await jsonOf(answer)).toEqual({ redirect: '/account/sessions' })
})

test('a wrong password proves nothing', async () => {
  const { stepUp, actor, password } = await createAtHome()
  await expectProblem(await password(await stepUp(), 'not the password'), 401, 'invalid_credentials')
  await expect(actor()).rejects.toMatchObject({ code: 'reauth_required' })
})

test('turning back leads to the page, with nothing proven', async () => {
  const { browser, stepUp, actor } = await createAtHome()
  const request = await stepUp('email')
  expect(redirectOf(await jsonOf(await browser.post(`/api/login/${request}/cancel`, {}))).pathname).toBe(
    '/account/email',
  )
  await expect(actor()).rejects.toMatchObject({ code: 'reauth_required' })
})

test('somebody else of this browser can not prove it for them', async () => {
  const { browser, stepUp, actor, clock } = await createAtHome()
  // ann signs in to an application here; the account pages stay bob’s
  const elsewhere = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  await browser.post(`/api/login/${elsewhere}/restart`, { fresh: true })
  await browser.signIn(elsewhere, ANN, PASSWORD)
  clock.advance(STEP_UP_MAX_AGE)

  const request = await stepUp()
  expect((await browser.step(request)).account).toMatchObject({ loginName: BOB })
  await browser.post(`/api/login/${request}/identifier`, { identifier: ANN })
  await expectProblem(
    await browser.post(`/api/login/${request}/password`, { password: PASSWORD }),
    401,
    'invalid_credentials',
  )
  await expect(actor()).rejects.toMatchObject({ code: 'reauth_required' })
})

test('with two accounts in one browser it is asked of the one whose pages these are', async () => {
  const { browser, stepUp, actor, clock, password } = await createAtHome()
  const answer = await jsonOf<{ redirect: string }>(await browser.post('/api/me/switch', { session: null }))
  const other = answer.redirect.replace('/login/', '')
  await browser.post(`/api/login/${other}/restart`, { fresh: true })
  await browser.signIn(other, ANN, PASSWORD)
  clock.advance(STEP_UP_MAX_AGE)
  const request = await stepUp()
  expect((await browser.step(request)).account).toMatchObject({ loginName: ANN })
  await password(request)
  expect(await actor()).toMatchObject({ account: { loginName: ANN } })
})

test.each(['//evil.test', 'https://evil.test', '/account', '..', 'profile/../..', '', 'nothing'])(
  'N143 %j is no page to come back to',
  async (returnTo) => {
    const { browser } = await createAtHome()
    await expectProblem(await browser.post('/api/me/step-up', { returnTo }), 400, 'invalid_input')
  },
)

test.each([
  ['/account/profile', '/account/profile'],
  ['/account', '/account'],
  ['/account/nothing', '/account'],
  ['/account//evil.test', '/account'],
])('whoever opens %s without being signed in comes to %s', async (path, end) => {
  const { browser } = await createScene()
  expect(redirectOf(await browser.signIn(await browser.open(path), BOB, PASSWORD)).pathname).toBe(end)
})

test('a page that does not exist is 404, in the account pages', async () => {
  const { browser } = await createAtHome()
  expect((await browser.get('/account/profile')).status).toBe(200)
  const answer = await browser.get('/account/nothing')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
})
