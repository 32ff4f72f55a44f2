import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { jsonOf } from '../../testing/answers.ts'
import { pageOf } from '../../testing/browser.ts'
import { postForm } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD, SIGNED_OUT_URI } from '../../testing/world.ts'

const frontchannelLogoutUri = 'https://rp.test/front?tenant=1'
const createStory = (settings = {}) =>
  createScene({ application: { settings: { frontchannelLogoutUri, ...settings } } })

const endSession = (parameters: Record<string, string>) => `/oidc/v1/end_session?${new URLSearchParams(parameters)}`
const policyOf = (response: Response) =>
  (response.headers.get('content-security-policy') ?? '').split('; ').filter((rule) => rule.startsWith('frame-src'))
const frameFor = (sid: unknown) => `${frontchannelLogoutUri}&${new URLSearchParams({ iss: ISSUER, sid: String(sid) })}`

async function signedOutOf(response: Response) {
  const page = await pageOf(response)
  if (page.kind !== 'signed_out') throw new Error(page.kind)
  return page.signedOut
}

test('FC1 the last page loads the address with iss and sid, may load that origin only, and then leads on with state', async () => {
  const scene = await createStory()
  const { id_token = '' } = await scene.tokens()
  const query = { id_token_hint: id_token, post_logout_redirect_uri: SIGNED_OUT_URI, state: 's' }
  const response = await scene.browser.get(endSession(query))
  expect([response.status, policyOf(response)]).toEqual([200, ['frame-src https://rp.test']])
  expect(await signedOutOf(response)).toMatchObject({
    frames: [frameFor(decodeJwt(id_token).sid)],
    next: `${SIGNED_OUT_URI}?state=s`,
  })
})

test.each([true, false])(
  'FC1 a frame has iss and sid, whether a session is required (%s) or not',
  async (isRequired) => {
    const scene = await createStory({ frontchannelLogoutSessionRequired: isRequired })
    const { id_token = '' } = await scene.tokens()
    const signedOut = await signedOutOf(await scene.browser.get(endSession({ id_token_hint: id_token })))
    expect(signedOut.frames).toEqual([frameFor(decodeJwt(id_token).sid)])
  },
)

test('FC1 without an address to go back to it stays', async () => {
  const scene = await createStory()
  const { id_token = '' } = await scene.tokens()
  const signedOut = await signedOutOf(await scene.browser.get(endSession({ id_token_hint: id_token })))
  expect(signedOut).toMatchObject({ frames: [frameFor(decodeJwt(id_token).sid)], next: null })
})

test('FC1 a POST from elsewhere is answered with the page, because it has no cookie to come back with', async () => {
  const scene = await createStory()
  const { id_token = '' } = await scene.tokens()
  const form = { id_token_hint: id_token, post_logout_redirect_uri: SIGNED_OUT_URI }
  const response = await postForm(scene.world, '/oidc/v1/end_session', form)
  expect(await signedOutOf(response)).toMatchObject({
    frames: [frameFor(decodeJwt(id_token).sid)],
    next: SIGNED_OUT_URI,
  })
})

test('FC1 an application that did not take part is not told, and the redirect follows at once', async () => {
  const scene = await createStory({ frontchannelLogoutUri: null })
  await scene.world.addApplication('other', { settings: { frontchannelLogoutUri } })
  const { id_token = '' } = await scene.tokens()
  const query = { id_token_hint: id_token, post_logout_redirect_uri: SIGNED_OUT_URI }
  expect((await scene.browser.get(endSession(query))).headers.get('location')).toBe(SIGNED_OUT_URI)
})

const confirmed = async ({ browser }: Scene, query: Record<string, string>) => {
  const page = await browser.page(endSession(query))
  const request = page.kind === 'sign_out' ? page.signOut.request : ''
  return jsonOf<{ redirect: string }>(await browser.post(`/api/sign-out/${request}`, { session: 'all' }))
}

test('FC1 after the confirmation a page of its own tells the applications, in this browser only', async () => {
  const scene = await createStory()
  const { id_token = '' } = await scene.tokens()
  const query = { client_id: 'ledger', post_logout_redirect_uri: SIGNED_OUT_URI, state: 's' }
  const { redirect } = await confirmed(scene, query)
  expect(redirect).toMatch(/^\/signed-out\/out_[0-9a-f]{32}$/)
  const response = await scene.browser.get(redirect)
  expect(policyOf(response)).toEqual(['frame-src https://rp.test'])
  expect(response.headers.get('clear-site-data')).toBe('"cache"')
  const told = { frames: [frameFor(decodeJwt(id_token).sid)], next: `${SIGNED_OUT_URI}?state=s` }
  expect(await signedOutOf(response)).toMatchObject({ ...told, application: 'ledger of the tests' })
  const plain = { frames: [], next: null, application: null }
  expect(await signedOutOf(await scene.world.browser().get(redirect))).toMatchObject(plain)
  scene.clock.advance(300)
  expect(await signedOutOf(await scene.browser.get(redirect))).toMatchObject(plain)
})

test('FC1 signing out on the account pages tells the applications of that session', async () => {
  const scene = await createStory()
  const { browser } = scene
  const { id_token = '' } = await scene.tokens()
  await browser.get('/account')
  const { redirect } = await jsonOf<{ redirect: string }>(await browser.post('/api/me/sign-out', {}))
  const signedOut = await signedOutOf(await browser.get(redirect))
  expect(signedOut.frames).toEqual([frameFor(decodeJwt(id_token).sid)])
})

test('a sign-out that nobody is to be told of has the plain page', async () => {
  const { browser } = await createScene()
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  expect(await jsonOf(await browser.post('/api/me/sign-out', {}))).toEqual({ redirect: '/signed-out' })
  expect(policyOf(await browser.get('/signed-out'))).toEqual([])
})
