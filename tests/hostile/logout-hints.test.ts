import { describe, expect, test } from 'vitest'
import { type Browser, pageOf } from './harness/browser.ts'
import { json } from './harness/http.ts'
import { passwordOf, SIGNED_OUT_URI } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, SIGN_OUT } from './paths.ts'

const world = await openWorld()
const { rp } = world

async function signedIn(name = 'alice', scope = 'openid offline_access') {
  const browser = world.browser()
  const tokens = await rp.obtainTokens(browser, 'clientConf', name, { scope })
  await browser.get('/account')
  return { browser, tokens }
}

const endSession = (browser: Browser, parameters: Record<string, string> = {}) =>
  browser.get(`${world.endpoints.ENDSESSION}?${new URLSearchParams(parameters)}`)
const isSignedIn = async (browser: Browser) => (await browser.call(ME.profile())).status === 200

describe('N191 LOGOUT - another site asks, the person decides', () => {
  test.each([
    {},
    { post_logout_redirect_uri: SIGNED_OUT_URI },
    { client_id: 'clientConf', post_logout_redirect_uri: SIGNED_OUT_URI },
    { logout_hint: 'alice' },
    { state: 'x' },
  ])('%j shows a question and ends nothing', async (parameters) => {
    const { browser } = await signedIn()
    for (let at = 0; at < 3; at++) {
      const answer = await endSession(browser, parameters as Record<string, string>)
      expect([answer.status, answer.headers.location]).toEqual([200, undefined])
      expect(pageOf(answer).kind).toBe('sign_out')
    }
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('a POST from another site, without a cookie, ends nothing either', async () => {
    const { browser } = await signedIn()
    const answer = await rp.post(
      world.endpoints.ENDSESSION,
      { client_id: 'clientConf' },
      { origin: 'https://evil.test' },
    )
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toMatch(/^\/oidc\/v1\/end_session\?/)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('the answer counts once, in the browser that was asked', async () => {
    const { browser } = await signedIn()
    const stranger = (await signedIn('mallory')).browser
    const { request } = pageOf(
      await endSession(browser, { client_id: 'clientConf', post_logout_redirect_uri: SIGNED_OUT_URI, state: 's' }),
    ).signOut
    expectRefused(await stranger.call(SIGN_OUT.confirm(request, 'all')), 'request_not_found')
    expectRefused(await world.browser().call(SIGN_OUT.confirm(request, 'all')), 'request_not_found')
    expect(await isSignedIn(browser)).toBe(true)
    expect(json(await browser.call(SIGN_OUT.confirm(request, 'all'))).redirect).toBe(`${SIGNED_OUT_URI}?state=s`)
    expect(await isSignedIn(browser)).toBe(false)
    expectRefused(await browser.call(SIGN_OUT.confirm(request, 'all')), 'request_finished')
    expect(await isSignedIn(stranger)).toBe(true)
  })
})

const { id_token: signed } = (await signedIn('bob')).tokens

describe('N192 LOGOUT - a hint', () => {
  const [header, body, signature] = signed.split('.') as [string, string, string]
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = JSON.parse(Buffer.from(header, 'base64url').toString()) as object
  const claims = claimsOf(`.${body}.`)
  const bad: [string, string][] = [
    ['with a broken signature', `${header}.${body}.${signature.slice(0, -4)}AAAA`],
    ['with alg none', `${part({ ...head, alg: 'none' })}.${body}.`],
    ['of another issuer', `${header}.${part({ ...claims, iss: 'https://evil.test' })}.${signature}`],
    ['for another person', `${header}.${part({ ...claims, sub: 'usr_other' })}.${signature}`],
    ['that is no token', 'x'],
    ['with an unknown key', `${part({ ...head, kid: 'x' })}.${body}.${signature}`],
  ]
  test.each(bad)('%s ends nothing and leads nowhere', async (_kind, id_token_hint) => {
    const { browser } = await signedIn('bob')
    const answer = await endSession(browser, { id_token_hint, post_logout_redirect_uri: SIGNED_OUT_URI })
    expect([answer.status, answer.headers.location]).toEqual([200, undefined])
    expect(pageOf(answer)).toMatchObject({ kind: 'sign_out', signOut: { notice: 'hint_invalid' } })
    const { redirect } = json(await browser.call(SIGN_OUT.confirm(pageOf(answer).signOut.request, 'all')))
    expect(redirect).toBeNull()
  })

  test('issued to another client than the request names: nothing ends', async () => {
    const { browser, tokens } = await signedIn()
    const answer = await endSession(browser, {
      id_token_hint: tokens.id_token,
      client_id: 'rp2',
      post_logout_redirect_uri: SIGNED_OUT_URI,
    })
    expect([answer.status, answer.headers.location]).toEqual([400, undefined])
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('that has expired is as good as ever', async () => {
    await world.rows(
      `update applications set settings = json_set(settings, '$.idTokenLifetime', -60) where client_id = 'rp1'`,
    )
    const browser = world.browser()
    const { id_token } = await rp.obtainTokens(browser, 'rp1', 'alice')
    await browser.get('/account')
    expect(Number(claimsOf(id_token).exp)).toBeLessThan(Date.now() / 1000)
    const answer = await endSession(browser, { id_token_hint: id_token, post_logout_redirect_uri: SIGNED_OUT_URI })
    expect(answer.headers.location).toBe(SIGNED_OUT_URI)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('ends its own session and no other of this browser', async () => {
    const { browser, tokens } = await signedIn('alice')
    const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
    await browser.call(LOGIN.RESTART(request, true))
    authorizationCode(await browser.signIn(request, 'bob', passwordOf('bob')))
    expect(
      (
        await endSession(browser, {
          id_token_hint: tokens.id_token,
          post_logout_redirect_uri: SIGNED_OUT_URI,
          state: 'x',
        })
      ).headers.location,
    ).toBe(`${SIGNED_OUT_URI}?state=x`)
    authorizationCode(await rp.silently(browser, 'clientConf', { login_hint: 'bob' }))
    expect(errorOf(await rp.silently(browser, 'clientConf', { login_hint: 'alice' }))).toBe('login_required')
  })
})
