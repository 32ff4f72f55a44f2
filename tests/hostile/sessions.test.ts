import { describe, expect, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { codeOf, json } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf, type Values } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, PICK } from './paths.ts'

const world = await openWorld()
const { rp } = world
const COOKIE = '__Host-vestibule'

/** A browser in which this person is signed in, with the account pages open. */
async function signedIn(name: string) {
  const browser = world.browser()
  const tokens = await rp.obtainTokens(browser, 'clientConf', name)
  await browser.get('/account')
  return { browser, tokens }
}

const sessionsOf = async ({ browser }: Awaited<ReturnType<typeof signedIn>>) =>
  json(await browser.call(ME.sessions())).sessions as { id: string; current: boolean }[]

describe('N106 SESS - the cookie from before the login is worth nothing after it', () => {
  test('at the first sign-in, and at one more', async () => {
    const browser = world.browser()
    for (const [name, parameters] of [
      ['bob', {}],
      ['alice', { prompt: 'select_account' }],
    ] as const) {
      const request = await browser.open(rp.authorizePath('clientConf', parameters))
      const before = browser.copy()
      if (name === 'alice') await browser.call(LOGIN.RESTART(request, true))
      authorizationCode(await browser.signIn(request, name, passwordOf(name)))
      expect(browser.jar.get(COOKIE)).not.toBe(before.jar.get(COOKIE))
      expectRefused(await before.call(PICK.list(request)), 'request_not_found')
      expectRefused(await before.call(ME.profile()), 'unauthenticated')
      expect(errorOf(await rp.silently(before, 'clientConf'))).toBe('login_required')
      expect(errorOf(await rp.silently(browser.copy(), 'clientConf', { login_hint: name }))).toBeNull()
    }
  })

  test('a cookie that somebody else planted is replaced', async () => {
    const [attacker, victim] = [world.browser(), world.browser()]
    await attacker.open(rp.authorizePath('clientConf'))
    victim.jar.set(COOKIE, attacker.jar.get(COOKIE)!)
    await rp.obtainCode(victim, 'clientConf', 'bob')
    expect(errorOf(await rp.silently(attacker, 'clientConf'))).toBe('login_required')
  })
})

describe('N110 SESS - the id of a session gives no right', () => {
  test("as a cookie, in a picker, or to end somebody else's session", async () => {
    const [bob, mallory] = [await signedIn('bob'), await signedIn('mallory')]
    const { id } = (await sessionsOf(bob)).find(({ current }) => current)!
    for (const value of [id, '', 'null', 'undefined', `vd_${id}`, `vd_${'A'.repeat(43)}`, 'true', '[]']) {
      const forged = world.browser()
      forged.jar.set(COOKIE, value)
      expectRefused(await forged.call(ME.profile()), 'unauthenticated')
      expect(errorOf(await rp.silently(forged, 'clientConf'))).toBe('login_required')
    }
    expectRefused(await mallory.browser.call(ME.endSession(id)), 'not_found')
    const request = await mallory.browser.open(rp.authorizePath('clientConf', { prompt: 'select_account' }))
    for (const action of [PICK.select, PICK.forget, PICK.signOut])
      expectRefused(await mallory.browser.call(action(request, id)), 'not_found')
    expect((await bob.browser.call(ME.profile())).status).toBe(200)
    const neighbours = (await sessionsOf(mallory)).map((session) => session.id)
    expect(neighbours).not.toContain(id)
  })
})

describe('N111 SESS - nearly the right token is the wrong one', () => {
  const variants = (token: string) => [
    token.slice(0, -1),
    `${token}A`,
    token.slice(0, Math.floor(token.length / 2)),
    token + token,
    token.toUpperCase(),
    token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase(),
    token.replace(/^v(.)_/, 'v$1-'),
    token.slice(3),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    // the last of 43 characters has two bits that say nothing
    token.slice(0, -1) + lookAlike(token.at(-1)!),
  ]
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const lookAlike = (last: string) => ALPHABET[ALPHABET.indexOf(last) ^ 1]!

  test('an access token', async () => {
    const { tokens } = await signedIn('bob')
    for (const token of variants(tokens.access_token)) expectRefused(await rp.userinfo(token), 'invalid_token')
  })

  test('a refresh token', async () => {
    const { tokens } = await signedIn('bob')
    for (const token of variants(tokens.refresh_token))
      expectRefused(await rp.refresh('clientConf', token), 'invalid_grant')
    tokensOf(await rp.refresh('clientConf', tokens.refresh_token))
  })

  test('the cookie of a browser', async () => {
    const { browser } = await signedIn('bob')
    for (const token of variants(browser.jar.get(COOKIE)!)) {
      const other = world.browser()
      other.jar.set(COOKIE, token)
      expectRefused(await other.call(ME.profile()), 'unauthenticated')
    }
  })

  test('an authorization code', async () => {
    const code = await rp.obtainCode(world.browser(), 'clientConf', 'bob')
    for (const near of variants(code)) expectRefused(await rp.redeem('clientConf', near), 'invalid_grant')
    tokensOf(await rp.redeem('clientConf', code))
  })
})

test('N113 SESS - a cookie from before the sign-out opens nothing', async () => {
  const { browser } = await signedIn('alice')
  const thief = browser.copy()
  expect((await browser.call(ME.signOut())).status).toBe(200)
  for (const who of [thief, browser]) {
    expectRefused(await who.call(ME.profile()), 'unauthenticated')
    expectRefused(await who.call(ME.sessions()), 'unauthenticated')
    expect(errorOf(await rp.silently(who, 'clientConf'))).toBe('login_required')
    const request = await who.open(rp.authorizePath('clientConf'))
    const { step } = json(await who.call(PICK.list(request)))
    expect(step.accounts.map(({ state }: { state: string }) => state)).toEqual(['signed_out'])
    await who.call(PICK.select(request, step.accounts[0].session))
    expect(stepOf(await who.call(PICK.list(request)))).toBe('first_factor')
    expectRefused(await who.call(LOGIN.FINISH(request)), 'wrong_step')
  }
})

describe('N114 SESS - the picker proves nobody', () => {
  test('an account whose session is over is asked for its password, whoever else is signed in', async () => {
    const browser = world.browser()
    await rp.obtainCode(browser, 'clientConf', 'bob')
    await letTimePass(world.rows, 31 * 86_400)
    const request = await browser.open(rp.authorizePath('clientConf'))
    await browser.call(LOGIN.RESTART(request, true))
    authorizationCode(await browser.signIn(request, 'alice', passwordOf('alice')))

    const again = await browser.open(rp.authorizePath('clientConf', { prompt: 'select_account' }))
    const { accounts } = json(await browser.call(PICK.list(again))).step as {
      accounts: { loginName: string; session: string; state: string }[]
    }
    const bob = accounts.find(({ loginName }) => loginName === 'bob')!
    expect(bob.state).not.toBe('signed_in')
    expect(stepOf(await browser.call(PICK.select(again, bob.session)))).toBe('first_factor')
    expectRefused(await browser.call(LOGIN.FINISH(again)), 'wrong_step')
    expectRefused(await browser.call(LOGIN.PW(again, passwordOf('alice'))), 'invalid_credentials')
    const code = authorizationCode(await browser.call(LOGIN.PW(again, passwordOf('bob'))))
    const person = json(await rp.userinfo(tokensOf(await rp.redeem('clientConf', code)).access_token))
    const mine = claimsOf((await signedIn('bob')).tokens.id_token)
    expect(person.sub).toBe(mine.sub)
  })
})

describe('N116 SESS - signing in again as somebody else', () => {
  test('is another session, and never changes whose the first one was', async () => {
    const browser = world.browser()
    const alice = claimsOf((await rp.obtainTokens(browser, 'clientConf', 'alice')).id_token)
    const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
    await browser.call(LOGIN.RESTART(request, true))
    const code = authorizationCode(await browser.signIn(request, 'bob', passwordOf('bob')))
    const bob = claimsOf(tokensOf(await rp.redeem('clientConf', code)).id_token)
    expect(bob.sub).not.toBe(alice.sub)
    expect(bob.sid).not.toBe(alice.sid)
    const back = authorizationCode(await rp.silently(browser, 'clientConf', { login_hint: 'alice' }))
    expect(claimsOf(tokensOf(await rp.redeem('clientConf', back)).id_token)).toMatchObject({
      sub: alice.sub,
      sid: alice.sid,
    })
  })

  test('is refused when the request names the first one', async () => {
    const browser = world.browser()
    const { id_token } = await rp.obtainTokens(browser, 'clientConf', 'alice')
    const { sub } = claimsOf(id_token)
    for (const named of [
      { id_token_hint: id_token },
      { claims: JSON.stringify({ id_token: { sub: { value: sub } } }) },
    ] as Values[]) {
      const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login', ...named }))
      await browser.call(LOGIN.RESTART(request, true))
      expectRefused(await browser.signIn(request, 'bob', passwordOf('bob')), 'invalid_credentials')
      expect(codeOf(await browser.call(LOGIN.FINISH(request)))).toBe('wrong_step')
    }
    const silent = { prompt: 'none', claims: JSON.stringify({ id_token: { sub: { value: 'usr_somebody' } } }) }
    expect(errorOf(await browser.get(rp.authorizePath('clientConf', silent)))).toBe('login_required')
  })
})
