import { describe, expect, test } from 'vitest'
import { type Browser, pageOf } from './harness/browser.ts'
import { json, send } from './harness/http.ts'
import { passwordOf, SIGNED_OUT_URI } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, PICK, SIGN_OUT } from './paths.ts'

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

describe('N194 LOGOUT - an address that is not registered is never followed', () => {
  test.each([
    `${SIGNED_OUT_URI}?x=1`,
    `${SIGNED_OUT_URI}/`,
    `${SIGNED_OUT_URI}#x`,
    'https://rp.test/BYE',
    'https://rp.test/cb',
    'javascript:alert(1)',
    'https://evil.test',
    '//evil.test',
    'data:text/html,x',
    'https://rp.test.evil.test/bye',
    'https://user@rp.test/bye',
  ])('%s', async (post_logout_redirect_uri) => {
    const { browser, tokens } = await signedIn()
    const { id_token: id_token_hint } = tokens
    for (const how of [
      { id_token_hint },
      { client_id: 'clientConf' },
      { client_id: 'clientConf', id_token_hint },
      {},
    ] as Record<string, string>[]) {
      const answer = await endSession(browser, { ...how, post_logout_redirect_uri, state: 's' })
      expect([answer.status, answer.headers.location]).toEqual([200, undefined])
      expect(answer.body).not.toContain('evil.test')
      expect(answer.body).not.toContain('alert(1)')
      expect(pageOf(answer)).toMatchObject({ kind: 'sign_out', signOut: { notice: 'redirect_refused' } })
    }
    expect(await isSignedIn(browser)).toBe(true)
    const { request } = pageOf(await endSession(browser, { id_token_hint, post_logout_redirect_uri })).signOut
    expect(json(await browser.call(SIGN_OUT.confirm(request, 'all'))).redirect).toBeNull()
    expect(pageOf(await browser.get('/signed-out')).kind).toBe('signed_out')
  })

  test('without anybody signed in there is nothing to confirm and nowhere to go', async () => {
    const answer = await endSession(world.browser(), {
      post_logout_redirect_uri: 'https://evil.test',
      client_id: 'clientConf',
    })
    expect([answer.status, answer.headers.location, pageOf(answer).kind]).toEqual([200, undefined, 'signed_out'])
  })
})

describe('N198 LOGOUT - out is out', () => {
  test('all accounts of this browser, and nobody elsewhere', async () => {
    const { browser, tokens } = await signedIn('alice', 'openid')
    const elsewhere = await signedIn('alice')
    const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
    await browser.call(LOGIN.RESTART(request, true))
    const bob = tokensOf(
      await rp.redeem('clientConf', authorizationCode(await browser.signIn(request, 'bob', passwordOf('bob')))),
    )
    const thief = browser.copy()

    const { signOut } = pageOf(await endSession(browser))
    expect(signOut.accounts).toHaveLength(2)
    const answer = await browser.call(SIGN_OUT.confirm(signOut.request, 'all'))
    expect(answer.headers['clear-site-data']).toBe('"cache"')
    for (const who of [browser, thief]) {
      expectRefused(await who.call(ME.profile()), 'unauthenticated')
      for (const login_hint of ['alice', 'bob'])
        expect(errorOf(await rp.silently(who, 'clientConf', { login_hint }))).toBe('login_required')
      expect((await who.get('/account')).headers.location).toMatch(/^\/login\//)
    }
    expect(await isSignedIn(elsewhere.browser)).toBe(true)
    const sids = [tokens, bob].map(({ id_token }) => claimsOf(id_token).sid)
    for (const sid of sids)
      expect((await world.rows('select ended_at from sessions where id = ?', sid))[0]!.ended_at).not.toBeNull()
    // what was granted for offline access stays, the rest went with the session
    expectRefused(await rp.userinfo(tokens.access_token), 'invalid_token')
    tokensOf(await rp.refresh('clientConf', bob.refresh_token))
    const again = await browser.open(rp.authorizePath('clientConf'))
    expect(
      json(await browser.call(PICK.list(again))).step.accounts.map(({ state }: { state: string }) => state),
    ).toEqual(['signed_out', 'signed_out'])
  })

  test('nothing private is left in the browser', async () => {
    const { browser } = await signedIn()
    for (const path of ['/account', '/api/me', '/api/me/sessions', '/signed-out', world.endpoints.ENDSESSION]) {
      const answer = await browser.get(path)
      expect(answer.headers['cache-control'], path).toBe('no-store')
    }
    expect((await browser.call(ME.signOut())).headers['clear-site-data']).toBe('"cache"')
    const page = await browser.get('/signed-out')
    expect(page.headers['clear-site-data']).toBe('"cache"')
    expect((await send(world.server, { path: '/account' })).body).not.toContain('alice')
  })
})
