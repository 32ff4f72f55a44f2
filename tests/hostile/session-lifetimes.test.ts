import { describe, expect, onTestFinished, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { json } from './harness/http.ts'
import { CONFIGURATION, passwordOf, person, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld, type World } from './harness/world.ts'
import { LOGIN, ME } from './paths.ts'

const MINUTE = 60
const POLICY = {
  sessionIdleLifetime: 30 * MINUTE,
  sessionAbsoluteLifetime: 12 * 60 * MINUTE,
  passwordCheckLifetime: 24 * 60 * MINUTE,
}

describe('N118 SESS - a session ends on the server', () => {
  const open = () => openWorld({ configuration: withA({ policies: { login: POLICY } }), closing: onTestFinished })

  test('when nobody used it for the idle time', async () => {
    const world = await open()
    const browser = world.browser()
    await world.rp.obtainCode(browser, 'clientConf', 'bob')
    await browser.get('/account')
    await letTimePass(world.rows, 29 * MINUTE)
    expect((await browser.call(ME.profile())).status).toBe(200)
    await letTimePass(world.rows, 2 * MINUTE)
    expectRefused(await browser.call(ME.profile()), 'unauthenticated')
    expect(errorOf(await world.rp.silently(browser, 'clientConf'))).toBe('login_required')
  })

  test('at its absolute end, however busy it was', async () => {
    const world = await open()
    const browser = world.browser()
    await world.rp.obtainCode(browser, 'clientConf', 'bob')
    for (let minutes = 20; minutes < 720; minutes += 20) {
      await letTimePass(world.rows, 20 * MINUTE)
      authorizationCode(await world.rp.silently(browser, 'clientConf'))
    }
    await letTimePass(world.rows, 20 * MINUTE)
    expect(errorOf(await world.rp.silently(browser, 'clientConf'))).toBe('login_required')
    const request = await browser.open(world.rp.authorizePath('clientConf', { login_hint: 'bob' }))
    expect(stepOf(await browser.call(LOGIN.get(request)))).toBe('first_factor')
  })
})

/** A browser with tokens of both kinds and the account pages open. */
async function wellKnown(world: World, name: string) {
  const browser = world.browser()
  const opaque = await world.rp.obtainTokens(browser, 'clientConf', name)
  const jwt = tokensOf(
    await world.rp.redeem('clientJwt', authorizationCode(await world.rp.silently(browser, 'clientJwt'))),
  )
  await browser.get('/account')
  expect((await browser.call(ME.profile())).status).toBe(200)
  const code = authorizationCode(await world.rp.silently(browser, 'rp1'))
  return { browser, opaque, jwt, code }
}
type WellKnown = Awaited<ReturnType<typeof wellKnown>>

async function expectShutOut(
  { rp }: World,
  { browser, opaque, jwt, code }: WellKnown,
  asked = 'clientConf',
): Promise<void> {
  expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  expect(errorOf(await rp.silently(browser, asked))).toMatch(/^(login_required|access_denied)$/)
  expectRefused(await rp.userinfo(opaque.access_token), 'invalid_token')
  expectRefused(await rp.userinfo(jwt.access_token), 'invalid_token')
  expectRefused(await rp.refresh('clientConf', opaque.refresh_token), 'invalid_grant')
  expectRefused(await rp.refresh('clientJwt', jwt.refresh_token), 'invalid_grant')
  expectRefused(await rp.redeem('rp1', code), 'invalid_grant')
}

describe('N119 SESS - a person who is deactivated is out everywhere at once', () => {
  test.each(['deactivated', 'locked'])('%s', async (state) => {
    const world = await openWorld({ closing: onTestFinished })
    const everywhere = [await wellKnown(world, 'bob'), await wellKnown(world, 'bob'), await wellKnown(world, 'bob')]
    const pending = world.browser()
    const request = await pending.open(world.rp.authorizePath('clientConf'))
    await pending.call(LOGIN.START(request, 'bob'))

    await world.apply({
      organizations: [{ ...CONFIGURATION.organizations[0], applications: [], users: [{ username: 'bob', state }] }],
    })
    for (const place of everywhere) await expectShutOut(world, place)
    expect(stepOf(await pending.call(LOGIN.PW(request, passwordOf('bob'))))).toBe('denied')
    expectRefused(await pending.call(LOGIN.FINISH(request)), 'wrong_step')
  })

  test('and what ended does not come back with the person', async () => {
    const world = await openWorld({ closing: onTestFinished })
    const before = await wellKnown(world, 'bob')
    const bob = (state: string) => ({
      organizations: [{ primaryDomain: 'a.test', name: 'Organization A', users: [{ username: 'bob', state }] }],
    })
    await world.apply(bob('deactivated'))
    await world.apply(bob('active'))
    await expectShutOut(world, before)
    tokensOf(await world.rp.redeem('clientConf', await world.rp.obtainCode(world.browser(), 'clientConf', 'bob')))
  })
})

describe('N120 SESS - an organization or application that is deactivated lets nobody in', () => {
  test('the organization of the person', async () => {
    const world = await openWorld({ closing: onTestFinished })
    const carol = await wellKnown(world, 'carol')
    await world.apply({ organizations: [{ primaryDomain: 'b.test', name: 'Organization B', state: 'deactivated' }] })
    await expectShutOut(world, carol)
    const browser = world.browser()
    const request = await browser.open(world.rp.authorizePath('clientConf'))
    const answer = await browser.signIn(request, 'carol', passwordOf('carol'))
    expect(['denied', '401']).toContain(stepOf(answer).split(' ')[0])
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    expect((await world.browser().get(world.rp.authorizePath('clientB'))).status).toBe(400)
  })

  test('the application', async () => {
    const world = await openWorld({ closing: onTestFinished })
    const { browser, opaque, jwt } = await wellKnown(world, 'bob')
    const pending = world.browser()
    const request = await pending.open(world.rp.authorizePath('clientConf'))
    await world.apply(
      withA({
        users: [],
        applications: [{ ...CONFIGURATION.organizations[0]!.applications[1], state: 'deactivated' }],
      }),
    )
    expectRefused(await world.rp.userinfo(opaque.access_token), 'invalid_token')
    expectRefused(await world.rp.refresh('clientConf', opaque.refresh_token), 'invalid_client')
    expect((await browser.get(world.rp.authorizePath('clientConf'))).status).toBe(400)
    expectRefused(await pending.call(LOGIN.START(request, 'bob')), 'request_not_found')
    // others go on
    expect((await world.rp.userinfo(jwt.access_token)).status).toBe(200)
    expect((await browser.call(ME.profile())).status).toBe(200)
  })
})

test('N123 SESS - fifty people who sign in at once are fifty people', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `somebody${at}`)
  const users = names.map((name) => person({ name }))
  const world = await openWorld({ configuration: withA({ users }), closing: onTestFinished })
  const results = await Promise.all(
    names.map(async (name) => {
      const browser = world.browser()
      const tokens = await world.rp.obtainTokens(browser, 'clientConf', name, {
        scope: 'openid profile email',
        nonce: `nonce of ${name}`,
      })
      await browser.get('/account')
      const [person, me] = [json(await world.rp.userinfo(tokens.access_token)), json(await browser.call(ME.profile()))]
      const { sub, nonce } = claimsOf(tokens.id_token)
      return { name, sub, nonce, same: sub === person.sub, userinfo: person.email, me: me.email }
    }),
  )
  for (const { name, nonce, same, userinfo, me } of results)
    expect({ nonce, same, userinfo, me }).toEqual({
      nonce: `nonce of ${name}`,
      same: true,
      userinfo: `${name}@a.test`,
      me: `${name}@a.test`,
    })
  expect(new Set(results.map(({ sub }) => sub)).size).toBe(50)
})
