import { expect, test } from 'vitest'
import { jsonOf, locationOf } from '../testing/answers.ts'
import { authorizePath, newPkce, publicTokenRequest } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { type ApplicationOptions, ISSUER, PASSWORD } from '../testing/world.ts'

const PRIVATE = 'com.acme.app:/cb'

/** Bob, and a program of his device that asks in his browser. */
async function createStory({ settings, ...options }: ApplicationOptions = {}) {
  const scene = await createScene()
  await scene.world.addApplication('app', {
    type: 'native',
    redirectUris: [PRIVATE, 'http://127.0.0.1/cb', 'https://app.test/cb'],
    ...options,
    settings: { consent: 'never', ...settings },
  })
  const { verifier, challenge } = newPkce()
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  const path = (more: Record<string, string> = {}) =>
    authorizePath('app', { redirect_uri: PRIVATE, state: 'xyz', ...pkce, ...more })
  const signIn = async (more?: Record<string, string>) => {
    const request = await scene.browser.open(path(more))
    const { step } = await scene.browser.signIn(request, BOB, PASSWORD)
    if (step.kind !== 'redirect') throw new Error(step.kind)
    return { request, step }
  }
  return { ...scene, path, signIn, verifier }
}

test('NS1 whoever signs in for a program stays on a page that says so', async () => {
  const { signIn } = await createStory()
  const { step } = await signIn()
  expect(step).toMatchObject({ stays: true, redirect: { to: expect.stringMatching(/^com\.acme\.app:\/cb\?code=vc_/) } })
})

test('NS1 the code of that answer is good for its verifier', async () => {
  const { world, signIn, verifier } = await createStory()
  const to = new URL((await signIn()).step.redirect.to)
  expect([to.searchParams.get('state'), to.searchParams.get('iss')]).toEqual(['xyz', ISSUER])
  const form = { grant_type: 'authorization_code', redirect_uri: PRIVATE, code_verifier: verifier }
  const redeemed = await publicTokenRequest(world, 'app', { ...form, code: to.searchParams.get('code')! })
  expect(redeemed.status).toBe(200)
})

test('NS3 with a session there is no page: the code comes at once (AZ16)', async () => {
  const { browser, path, signIn } = await createStory()
  await signIn()
  const response = await browser.get(path())
  expect(response.status).toBe(302)
  const to = locationOf(response)
  expect([to.protocol, to.searchParams.get('state')]).toEqual(['com.acme.app:', 'xyz'])
  expect(to.searchParams.get('code')).toMatch(/^vc_/)
})

test('NS2 opened again it hands nothing over', async () => {
  const { browser, signIn } = await createStory()
  const { request } = await signIn()
  const late = await browser.get(`/login/${request}`)
  expect(late.status).toBe(409)
  expect(await late.text()).not.toContain('com.acme.app')
  expect((await browser.page('/signed-in')).kind).toBe('signed_in')
})

test.each<[string, Record<string, string>, ApplicationOptions]>([
  ['its application skips it', {}, { settings: { skipNativeSuccessPage: true } }],
  ['a port of this machine answers with a page of its own', { redirect_uri: 'http://127.0.0.1:5000/cb' }, {}],
  ['an https address does as well', { redirect_uri: 'https://app.test/cb' }, {}],
])('NS3 there is none where %s', async (_why, more, options) => {
  const { browser, path, signIn } = await createStory(options)
  expect((await signIn(more)).step).not.toHaveProperty('stays')
  expect(locationOf(await browser.get(path(more))).searchParams.get('code')).toMatch(/^vc_/)
})

test('NS3 prompt=none is answered without a page, and so is an error', async () => {
  const { browser, path, signIn } = await createStory()
  const asked = await browser.get(path({ prompt: 'none' }))
  expect(locationOf(asked).searchParams.get('error')).toBe('login_required')
  await signIn()
  expect(locationOf(await browser.get(path({ prompt: 'none' }))).searchParams.get('code')).toMatch(/^vc_/)
  expect(locationOf(await browser.get(path({ max_age: '-1' }))).searchParams.get('error')).toBe('invalid_request')
})

test('NS3 whoever cancels is not told that they are signed in', async () => {
  const { browser, path } = await createStory()
  const request = await browser.open(path())
  const { step } = await jsonOf<{ step: object }>(await browser.post(`/api/login/${request}/cancel`, {}))
  expect(step).toEqual({
    kind: 'redirect',
    redirect: { to: expect.stringContaining('com.acme.app:/cb?error=access_denied') },
  })
})
