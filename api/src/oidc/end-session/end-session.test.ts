import type { Page } from '@vestibule/shared/page.ts'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, expectErrorPage, jsonOf } from '../../testing/answers.ts'
import { type Browser, pageOf } from '../../testing/browser.ts'
import { authorizePath, postForm } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD, SIGNED_OUT_URI } from '../../testing/world.ts'

const PATH = '/oidc/v1/end_session'
const endSession = (parameters: Record<string, string>) => `${PATH}?${new URLSearchParams(parameters)}`

const isSignedIn = async ({ authorize }: Scene, hint = '') => {
  const parameters = { prompt: 'none', ...(hint ? { login_hint: hint } : {}) }
  return 'code' in clientAnswer(await authorize(parameters))
}

/** Ann signs in beside bob, in the same browser. */
async function addAnn({ world, browser }: Scene) {
  await world.addUser('ann')
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.signIn(request, 'ann@acme.test', PASSWORD)
}

const signOutOf = (page: Page) => {
  if (page.kind !== 'sign_out') throw new Error(page.kind)
  return page.signOut
}

const confirm = async (browser: Browser, request: string, session = 'all') =>
  jsonOf<{ redirect: string | null; remaining: { loginName: string }[] }>(
    await browser.post(`/api/sign-out/${request}`, { session }),
  )

test('LO1 with a valid hint that session ends at once, whichever cookies came along', async () => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  const response = await scene.world.browser().get(endSession({ id_token_hint: id_token }))
  expect(await pageOf(response)).toMatchObject({
    kind: 'signed_out',
    signedOut: { application: 'ledger of the tests', remaining: [] },
  })
  expect(await isSignedIn(scene)).toBe(false)
})

test('LO1 an expired hint counts, and other sessions of the browser stay', async () => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  await addAnn(scene)
  scene.clock.advance(13 * 3600)
  const page = await scene.browser.page(endSession({ id_token_hint: id_token }))
  expect(page).toMatchObject({ kind: 'signed_out', signedOut: { remaining: [{ loginName: 'ann@acme.test' }] } })
  expect(await isSignedIn(scene, 'bob@acme.test')).toBe(false)
  expect(await isSignedIn(scene, 'ann@acme.test')).toBe(true)
})

test('LO1 a POST ends it too, and answers with 303', async () => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  const form = { id_token_hint: id_token, post_logout_redirect_uri: SIGNED_OUT_URI, state: 's' }
  const response = await postForm(scene.world, PATH, form)
  expect([response.status, response.headers.get('location')]).toEqual([303, `${SIGNED_OUT_URI}?state=s`])
  expect(await isSignedIn(scene)).toBe(false)
})

test.each([
  [{}, SIGNED_OUT_URI],
  [{ state: 'a b&c' }, `${SIGNED_OUT_URI}?state=a+b%26c`],
])(
  'LO2 with a hint the registered address follows at once, with state and nothing else: %j',
  async (parameters, location) => {
    const scene = await createScene()
    const { id_token = '' } = await scene.tokens()
    const query = { id_token_hint: id_token, post_logout_redirect_uri: SIGNED_OUT_URI, ...(parameters as object) }
    const response = await scene.browser.get(endSession(query))
    expect([response.status, response.headers.get('location')]).toEqual([302, location])
  },
)

test('LO2 with a client_id it follows after the person confirmed', async () => {
  const scene = await createScene()
  await scene.tokens()
  const query = { client_id: 'ledger', post_logout_redirect_uri: SIGNED_OUT_URI, state: 's' }
  const { request, notice, application } = signOutOf(await scene.browser.page(endSession(query)))
  expect({ notice, application }).toEqual({ notice: null, application: 'ledger of the tests' })
  expect(await confirm(scene.browser, request)).toEqual({ redirect: `${SIGNED_OUT_URI}?state=s`, remaining: [] })
  expect(await isSignedIn(scene)).toBe(false)
})

test('LO3 a hint without an address: signed out, no redirect', async () => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  const page = await scene.browser.page(endSession({ id_token_hint: id_token, state: 's' }))
  expect(page).toMatchObject({ kind: 'signed_out' })
})

test.each([{}, { state: 's' }])('LO3 %j: signed out after confirmation, no redirect', async (parameters) => {
  const scene = await createScene()
  await scene.tokens()
  const { request } = signOutOf(await scene.browser.page(endSession(parameters as Record<string, string>)))
  expect(await confirm(scene.browser, request)).toEqual({ redirect: null, remaining: [] })
})

test('LO3 where nobody is signed in there is nothing to confirm', async () => {
  const { browser } = await createScene()
  expect(await browser.page(PATH)).toMatchObject({ kind: 'signed_out' })
})

test.each([
  'https://evil.test/bye',
  `${SIGNED_OUT_URI}?x=1`,
  SIGNED_OUT_URI.replace('https', 'http'),
  `${SIGNED_OUT_URI}/`,
  'javascript:alert(1)',
])('LO4 %s is never followed', async (uri) => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  const trusts: Record<string, string>[] = [{ id_token_hint: id_token }, { client_id: 'ledger' }]
  for (const trust of trusts) {
    const { request, notice } = signOutOf(
      await scene.browser.page(endSession({ ...trust, post_logout_redirect_uri: uri })),
    )
    expect(notice).toBe('redirect_refused')
    if ('client_id' in trust) expect(await confirm(scene.browser, request)).toEqual({ redirect: null, remaining: [] })
    else expect(await isSignedIn(scene)).toBe(true)
  }
})

test('LO4 an address without hint and client_id is never followed', async () => {
  const scene = await createScene()
  await scene.tokens()
  const { notice, request } = signOutOf(
    await scene.browser.page(endSession({ post_logout_redirect_uri: SIGNED_OUT_URI })),
  )
  expect(notice).toBe('redirect_refused')
  expect(await confirm(scene.browser, request)).toMatchObject({ redirect: null })
})

test('LO4 a hint that can not be verified ends nothing by itself', async () => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  const [header, payload] = id_token.split('.')
  const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`
  const foreign = await scene.deps.keys.sign('RS256', 'JWT', { ...decodeJwt(id_token), iss: 'https://elsewhere.test' })
  for (const hint of ['x', `${header}.${payload}.AAAA`, none, foreign]) {
    const page = await scene.browser.page(
      endSession({ id_token_hint: hint, client_id: 'ledger', post_logout_redirect_uri: SIGNED_OUT_URI }),
    )
    expect(signOutOf(page).notice).toBe('hint_invalid')
  }
  expect(await isSignedIn(scene)).toBe(true)
})

test('LO5 a hint of another client than client_id: nothing ends', async () => {
  const scene = await createScene()
  await scene.world.addApplication('other')
  const { id_token = '' } = await scene.tokens()
  await expectErrorPage(
    await scene.browser.get(endSession({ id_token_hint: id_token, client_id: 'other' })),
    'invalid_request',
  )
  expect(await isSignedIn(scene)).toBe(true)
})
