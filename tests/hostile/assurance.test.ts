import { describe, expect, onTestFinished, test } from 'vitest'
import { redirectOf, stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { json } from './harness/http.ts'
import { CONFIGURATION, passwordOf, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, PICK } from './paths.ts'

const world = await openWorld()
const { rp } = world

describe('N059 MFA - a login that is not complete opens nothing', () => {
  const halves: [string, (browser: ReturnType<typeof world.browser>, request: string) => Promise<unknown>][] = [
    ['nothing was said yet', async () => undefined],
    ['the name was typed', (browser, request) => browser.call(LOGIN.START(request, 'alice'))],
    ['the password was wrong', (browser, request) => browser.signIn(request, 'alice', 'a wrong password')],
    ['the account is locked', (browser, request) => browser.signIn(request, 'locked', passwordOf('locked'))],
    [
      'the account is deactivated',
      (browser, request) => browser.signIn(request, 'deactivated', passwordOf('deactivated')),
    ],
    ['consent is missing', (browser, request) => browser.signIn(request, 'alice', passwordOf('alice'))],
  ]

  test.each(halves)('%s', async (_half, act) => {
    const browser = world.browser()
    const other = world.browser()
    await rp.obtainCode(other, 'clientConf', 'alice')
    const [{ id: session }] = json(await other.call({ method: 'GET', path: '/api/me/sessions' })).sessions ?? [
      { id: 'ses_0' },
    ]
    const request = await browser.open(rp.authorizePath('clientAsking'))
    await act(browser, request)
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    expectRefused(await browser.call(PICK.select(request, session)), 'wrong_step', 'not_found')
    expectRefused(await browser.call(ME.profile()), 'unauthenticated')
    expectRefused(await browser.call(ME.sessions()), 'unauthenticated')
    expect(errorOf(await rp.silently(browser, 'clientAsking'))).toMatch(
      /^(login|consent|interaction)_required$|^access_denied$/,
    )
  })

  test('the account pages ask for the same proof', async () => {
    const browser = world.browser()
    const request = await browser.open('/account')
    await browser.call(LOGIN.START(request, 'alice'))
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    expect((await browser.get('/account')).headers.location).toMatch(/^\/login\//)
    expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  })

  test.each(['locked', 'deactivated'])('%s: the owner is told, and gets no code from any application', async (name) => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    expect(stepOf(await browser.signIn(request, name, passwordOf(name)))).toBe('denied')
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    expectRefused(await browser.call(LOGIN.CONSENT(request, true)), 'wrong_step')
    expect(errorOf(await rp.silently(browser, 'clientConf'))).toMatch(/^(access_denied|login_required)$/)
  })
})

describe('N066 MFA - an application asks for more than the session proves', () => {
  const signedIn = async () => {
    const browser = world.browser()
    const before = await rp.obtainTokens(browser, 'clientConf', 'bob')
    await letTimePass(world.rows, 120)
    return { browser, authTime: Number(claimsOf(before.id_token).auth_time) - 120 }
  }

  test.each<[string, Record<string, string>]>([
    ['acr_values', { acr_values: 'aal2' }],
    ['acr_values with an unknown one before', { acr_values: 'gold aal2 aal1' }],
    ['an essential claim', { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'aal2' } } }) }],
    ['essential values', { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['aal2'] } } }) }],
  ])('%s: never a code with a lower acr', async (_way, parameters) => {
    const { browser } = await signedIn()
    expect(errorOf(await rp.silently(browser, 'clientConf', parameters))).toBe('interaction_required')
    for (const prompt of ['login', '']) {
      const request = await browser.open(rp.authorizePath('clientConf', { ...parameters, prompt }))
      expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
      // a proof of two minutes ago is young enough to set something up, where it is not asked for again
      if (prompt === 'login') await browser.signIn(request, 'bob', passwordOf('bob'))
      expect(stepOf(await browser.call(LOGIN.get(request)))).toBe('enroll_second_factor')
      expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    }
  })

  test('an essential claim nobody knows: never a code', async () => {
    const { browser } = await signedIn()
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'gold' } } })
    for (const prompt of ['none', 'login', '']) {
      const answer = await browser.get(rp.authorizePath('clientConf', { claims, prompt }))
      expect(errorOf(answer)).toBe('unmet_authentication_requirements')
      expect(redirectOf(answer).searchParams.has('code')).toBe(false)
    }
  })

  test.each([{ max_age: '60' }, { max_age: '1' }, { max_age: '0' }])(
    '%j asks again, and auth_time is honest',
    async (parameters) => {
      const { browser, authTime } = await signedIn()
      expect(errorOf(await rp.silently(browser, 'clientConf', parameters))).toBe('login_required')
      const request = await browser.open(rp.authorizePath('clientConf', parameters))
      expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
      const answer = await browser.signIn(request, 'bob', passwordOf('bob'))
      const claims = claimsOf(tokensOf(await rp.redeem('clientConf', authorizationCode(answer))).id_token)
      expect(Number(claims.auth_time)).toBeGreaterThanOrEqual(authTime + 120)
      expect(claims.acr).toBe('aal1')
    },
  )

  test('a session young enough is not asked again, and says when it was', async () => {
    const { browser, authTime } = await signedIn()
    const code = authorizationCode(await rp.silently(browser, 'clientConf', { max_age: '600', acr_values: 'aal1' }))
    expect(claimsOf(tokensOf(await rp.redeem('clientConf', code)).id_token).auth_time).toBe(authTime)
  })

  test.each(['-1', '1.5', '1e3', 'NaN', ' 60', '60 ', '٦٠', '99999999999'])(
    'max_age=%j is refused',
    async (max_age) => {
      const { browser } = await signedIn()
      expect(errorOf(await browser.get(rp.authorizePath('clientConf', { max_age })))).toBe('invalid_request')
    },
  )
})

test('N071 MFA - what policy no longer accepts counts no longer, at the next request', async () => {
  const own = await openWorld({ closing: onTestFinished })
  const browser = own.browser()
  await own.rp.obtainTokens(browser, 'clientConf', 'bob')
  await browser.get('/account')
  expect((await browser.call(ME.profile())).status).toBe(200)
  await own.apply(withA({ policies: { login: { allowPassword: false, allowPasskey: false } } }))
  expect(errorOf(await own.rp.silently(browser, 'clientConf'))).toBe('login_required')
  expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  const request = await own.browser().open(own.rp.authorizePath('clientConf'))
  expect(request).toBeTruthy()

  await own.apply(withA({ policies: { login: { allowPassword: true, passwordCheckLifetime: 60 } } }))
  expect((await browser.call(ME.profile())).status).toBe(200)
  await letTimePass(own.rows, 61)
  expect(errorOf(await own.rp.silently(browser, 'clientConf'))).toBe('login_required')
  expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  await own.apply(CONFIGURATION)
})
