import type { Page } from '@vestibule/shared/page.ts'
import { expect, test } from 'vitest'
import { jsonOf, locationOf } from '../testing/answers.ts'
import { pageOf } from '../testing/browser.ts'
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

const signedInOf = (page: Page) => {
  if (page.kind !== 'signed_in') throw new Error(page.kind)
  return page.signedIn
}

test('NS1 whoever signs in for a program stays on a page that says so', async () => {
  const { signIn } = await createStory()
  const { step } = await signIn()
  expect(step).toMatchObject({ stays: true, redirect: { to: expect.stringMatching(/^com\.acme\.app:\/cb\?code=vc_/) } })
})

test('NS1 with a session that page comes at once, with the address that it hands over', async () => {
  const { browser, world, path, signIn, verifier } = await createStory()
  await signIn()
  const response = await browser.get(path())
  expect([response.status, response.headers.get('location')]).toEqual([200, null])
  const { application, redirect } = signedInOf(await pageOf(response))
  expect(application).toBe('app of the tests')
  const to = new URL(redirect!.to)
  expect([to.protocol, to.searchParams.get('state'), to.searchParams.get('iss')]).toEqual([
    'com.acme.app:',
    'xyz',
    ISSUER,
  ])
  const form = { grant_type: 'authorization_code', redirect_uri: PRIVATE, code_verifier: verifier }
  const redeemed = await publicTokenRequest(world, 'app', { ...form, code: to.searchParams.get('code')! })
  expect(redeemed.status).toBe(200)
})

test('NS2 nothing keeps that page, nobody hears its address, and only what has its nonce runs on it', async () => {
  const { browser, path, signIn, logLines } = await createStory()
  await signIn()
  const response = await browser.get(path())
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+';/)
  expect(policy).toContain("frame-ancestors 'none'")
  const code = /code=(vc_[\w-]+)/.exec(signedInOf(await pageOf(response)).redirect?.to ?? '')?.[1]
  expect(code).toBeDefined()
  expect(logLines.join('')).not.toContain(code)
})

test('NS2 opened again it hands nothing over', async () => {
  const { browser, signIn } = await createStory()
  const { request } = await signIn()
  const late = await browser.get(`/login/${request}`)
  expect(late.status).toBe(409)
  expect(await late.text()).not.toContain('com.acme.app')
  expect(signedInOf(await browser.page('/signed-in'))).toEqual({ application: null, redirect: null })
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
