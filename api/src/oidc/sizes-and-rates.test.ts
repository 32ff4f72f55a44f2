import { expect, test } from 'vitest'
import { clientAnswer, expectErrorPage, expectProblem, jsonOf, locationOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { authorizePath, postForm } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

test.each([
  ['state', 2048, 'invalid_request'],
  ['nonce', 1024, 'invalid_request'],
  ['scope', 4096, 'invalid_scope'],
  ['claims', 4096, 'invalid_request'],
  ['ui_locales', 4096, 'invalid_request'],
])('G5 %s holds %i characters', async (name, most, error) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ [name]: 'x'.repeat(most + 1) }))).toMatchObject({ error })
  if (name !== 'claims')
    expect(locationOf(await authorize({ [name]: 'x'.repeat(most) })).pathname).toMatch(/^\/login\//)
})

test('G5 a nonce of 384 characters works', async () => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger', { nonce: 'n'.repeat(384) }))
  expect(redirectOf(await browser.signIn(request, BOB, PASSWORD)).searchParams.has('code')).toBe(true)
})

test('G5 a body above 64 KB is refused, chunked or not', async () => {
  const { world, browser } = await createScene()
  const big = 'x'.repeat(65_537)
  const paths = ['/oauth/v2/token', '/oidc/v1/userinfo', '/oauth/v2/authorize', '/oidc/v1/end_session']
  for (const path of paths) {
    const declared = await postForm(world, path, big, { 'content-length': String(big.length) })
    const chunked = await postForm(world, path, big)
    expect([declared.status, chunked.status]).toEqual([413, 413])
  }
  await expectProblem(await browser.post('/api/language', { language: big, entry: 'login' }), 413, 'body_too_large')
})

test('G8 throttled: 429 with Retry-After, in the words of the endpoint', async () => {
  const { browser, authorize, world, clock } = await createScene({ env: { RATE_LIMIT_FACTOR: '0.1' } })
  for (let at = 0; at < 120; at++) await authorize({ client_id: null })
  const page = await authorize()
  expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
  await expectErrorPage(page, 'too_many_attempts', 429)
  expect((await world.browser('198.51.100.9').get(authorizePath('ledger'))).status).toBe(302)

  const knock = () => browser.send('/oauth/v2/token', { method: 'POST' })
  for (let at = 0; at < 1200; at++) await knock()
  const response = await knock()
  expect([response.status, await jsonOf(response)]).toEqual([429, { error: 'temporarily_unavailable' }])
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  clock.advance(60)
  expect((await authorize()).status).toBe(302)
})
