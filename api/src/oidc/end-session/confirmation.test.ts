import { expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../../testing/answers.ts'
import type { Browser } from '../../testing/browser.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

const PATH = '/oidc/v1/end_session'

/** Bob and ann in one browser, and the confirmation page before it. */
async function createTwoAccounts(query = '') {
  const scene = await createScene()
  await scene.world.addUser('ann')
  await scene.signIn()
  const request = await scene.browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await scene.browser.post(`/api/login/${request}/restart`, { fresh: true })
  await scene.browser.signIn(request, 'ann@acme.test', PASSWORD)
  return { ...scene, signOut: await signOutView(scene.browser, query) }
}

async function signOutView(browser: Browser, query = '') {
  const page = await browser.page(PATH + query)
  if (page.kind !== 'sign_out') throw new Error(page.kind)
  return page.signOut
}

const sessionOf = (view: Awaited<ReturnType<typeof signOutView>>, name: string) =>
  view.accounts.find(({ loginName }) => loginName === `${name}@acme.test`)!.session

test('LO6 the page lists the accounts, and a GET ends nothing', async () => {
  const { browser, signOut, authorize } = await createTwoAccounts()
  expect(signOut.accounts.map(({ loginName }) => loginName).toSorted()).toEqual(['ann@acme.test', 'bob@acme.test'])
  expect(signOut.preselected).toBeNull()
  await browser.get(PATH)
  const hinted = await authorize({ prompt: 'none', login_hint: 'bob@acme.test' })
  expect(clientAnswer(hinted)).toHaveProperty('code')
})

test('LO6 logout_hint preselects, ui_locales decides the language', async () => {
  const { browser, signOut } = await createTwoAccounts('?logout_hint=bob@acme.test')
  expect(signOut.preselected).toBe(sessionOf(signOut, 'bob'))
  expect(await browser.page(`${PATH}?ui_locales=fr-CH`)).toMatchObject({ language: 'fr' })
})

test('LO6 one account ends, the other stays', async () => {
  const { browser, signOut, authorize } = await createTwoAccounts()
  const answer = await browser.post(`/api/sign-out/${signOut.request}`, { session: sessionOf(signOut, 'bob') })
  expect(await jsonOf(answer)).toMatchObject({ redirect: null, remaining: [{ loginName: 'ann@acme.test' }] })
  expect(clientAnswer(await authorize({ prompt: 'none', login_hint: 'ann@acme.test' }))).toHaveProperty('code')
  expect(clientAnswer(await authorize({ prompt: 'none', login_hint: 'bob@acme.test' }))).toMatchObject({
    error: 'login_required',
  })
})

test('LO6 a confirmation counts once, in its own browser, for an hour, for accounts that are there', async () => {
  const { world, browser, signOut, clock } = await createTwoAccounts()
  const path = `/api/sign-out/${signOut.request}`
  await expectProblem(await world.browser().post(path, { session: 'all' }), 404, 'request_not_found')
  await expectProblem(await browser.post('/api/sign-out/out_x', { session: 'all' }), 404, 'request_not_found')
  await expectProblem(await browser.post(path, { session: 'ses_x' }), 404, 'not_found')
  const late = await signOutView(browser)
  expect((await browser.post(path, { session: 'all' })).status).toBe(200)
  await expectProblem(await browser.post(path, { session: 'all' }), 409, 'request_finished')
  clock.advance(3600)
  await expectProblem(await browser.post(`/api/sign-out/${late.request}`, { session: 'all' }), 410, 'request_expired')
})

test('LO7 after the sign-out nothing of it is left but the name in the picker', async () => {
  const { browser, authorize, signIn } = await createScene()
  await signIn()
  await browser.get('/account')
  const cookie = `vestibule=${browser.jar.get('vestibule')}`
  const { request } = await signOutView(browser)
  const answer = await browser.post(`/api/sign-out/${request}`, { session: 'all' })
  expect(answer.headers.get('clear-site-data')).toBe('"cache"')
  expect((await browser.get('/signed-out')).headers.get('clear-site-data')).toBe('"cache"')

  expect(clientAnswer(await authorize({ prompt: 'none' }))).toMatchObject({ error: 'login_required' })
  await expectProblem(await browser.get('/api/me', { cookie }), 401, 'unauthenticated')
  const next = await browser.open(authorizePath('ledger'))
  expect((await browser.step(next)).step).toMatchObject({
    kind: 'select_account',
    accounts: [{ loginName: 'bob@acme.test', state: 'signed_out' }],
  })
})

test('LO8 the answer waits for no application', async () => {
  const { browser, tokens } = await createScene()
  const { id_token = '' } = await tokens()
  const began = performance.now()
  await browser.get(`${PATH}?id_token_hint=${id_token}`)
  expect(performance.now() - began).toBeLessThan(1000)
})
