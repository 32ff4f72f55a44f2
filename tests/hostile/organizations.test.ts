import { describe, expect, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { codeOf, json } from './harness/http.ts'
import { CONFIGURATION, passwordOf, person } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { faultsOf } from './harness/server.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, NOT_HERE, PICK } from './paths.ts'

const world = await openWorld()
const { rp } = world
const idOf = world.organization

describe('N216 ORG - no request says whose rows it means', () => {
  test('headers, queries and bodies that name another organization change nothing', async () => {
    const browser = world.browser()
    await rp.obtainCode(browser, 'clientConf', 'root')
    await browser.get('/account')
    const other = await idOf('b.test')
    const headers = {
      'x-zitadel-orgid': other,
      'x-vestibule-organization': other,
      'x-organization-id': other,
      'x-tenant': other,
    }
    const mine = json(await browser.call(ME.profile()))
    expect(mine.organization).toBe('Organization A')
    for (const query of ['', `?orgId=${other}`, `?organization=${other}&organization_id=${other}`, `?org[]=${other}`]) {
      expect(json(await browser.get(`${ME.profile().path}${query}`, headers))).toEqual(mine)
      const { sessions } = json(await browser.get(`${ME.sessions().path}${query}`, headers))
      expect(sessions).toHaveLength(1)
    }
    await expectUnchanged(world, async () => {
      expectRefused(
        await browser.call({
          method: 'POST',
          path: ME.endSession('').path,
          body: { session: 'others', organization: other },
        }),
        'invalid_input',
      )
      for (const path of NOT_HERE)
        for (const method of ['GET', 'POST'] as const) {
          const answer = await browser.call({ method, path: `${path}?orgId=${other}`, body: {} }, headers)
          expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found'])
        }
    })
  })

  test('a session of another organization can not be named', async () => {
    const [bob, carol] = [world.browser(), world.browser()]
    await rp.obtainCode(bob, 'clientConf', 'bob')
    await bob.get('/account')
    const sid = claimsOf((await rp.obtainTokens(carol, 'clientB', 'carol')).id_token).sid as string
    await carol.get('/account')
    await expectUnchanged(world, async () => expectRefused(await bob.call(ME.endSession(sid)), 'not_found'))
    expect((await carol.call(ME.profile())).status).toBe(200)
  })
})

describe('N222 ORG - who was asked for by organization', () => {
  const scopes = async () => [
    `openid urn:vestibule:org:domain:primary:a.test`,
    `openid urn:zitadel:iam:org:domain:primary:a.test`,
    `openid urn:vestibule:org:id:${await idOf('a.test')}`,
    'openid urn:vestibule:org:domain:primary:A.TEST',
  ]

  test('somebody else gets no code, with password, session or picker', async () => {
    for (const scope of await scopes()) {
      const browser = world.browser()
      const session = claimsOf((await rp.obtainTokens(browser, 'clientConf', 'carol')).id_token).sid as string
      expect(errorOf(await rp.silently(browser, 'clientConf', { scope }))).toBe('login_required')
      const request = await browser.open(rp.authorizePath('clientConf', { scope, login_hint: 'carol' }))
      expectRefused(await browser.call(PICK.select(request, session)), 'wrong_step', 'not_found')
      expect(stepOf(await browser.call(PICK.list(request)))).toBe('identify')
      expectRefused(await browser.signIn(request, 'carol', passwordOf('carol')), 'invalid_credentials')
      expectRefused(await browser.signIn(request, 'carol@b.test', passwordOf('carol')), 'invalid_credentials')
      expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
      authorizationCode(await browser.signIn(request, 'bob', passwordOf('bob')))
    }
  })

  test('the one who was asked for does', async () => {
    const browser = world.browser()
    await rp.obtainCode(browser, 'clientConf', 'carol')
    const scope = 'openid urn:vestibule:org:domain:primary:b.test'
    const code = authorizationCode(await rp.silently(browser, 'clientConf', { scope }))
    expect(tokensOf(await rp.redeem('clientConf', code)).scope).toBe(scope)
  })
})

test('N224 ORG - an organization that is unknown, inactive or ambiguous is never replaced by another', async () => {
  await world.apply({
    organizations: [
      {
        primaryDomain: 'closed.test',
        name: 'Closed',
        state: 'deactivated',
        users: [person({ name: 'ivan', domain: 'closed.test' })],
      },
    ],
  })
  const targets = [
    'urn:vestibule:org:domain:primary:nobody.test',
    'urn:vestibule:org:domain:primary:closed.test',
    `urn:vestibule:org:id:${await idOf('closed.test')}`,
    'urn:vestibule:org:id:org_0',
    'urn:zitadel:iam:org:id:1',
    "urn:vestibule:org:id:' or 1=1 --",
    'urn:vestibule:org:domain:primary:%',
    'urn:vestibule:org:domain:primary:a.test.',
    'urn:vestibule:org:domain:primary:*',
  ]
  const browser = world.browser()
  await rp.obtainCode(browser, 'clientConf', 'bob')
  for (const target of targets)
    for (const prompt of ['', 'none', 'login']) {
      const answer = await browser.get(rp.authorizePath('clientConf', { scope: `openid ${target}`, prompt }))
      expect(errorOf(answer), target).toBe('invalid_scope')
    }
})

test('N220 ORG - an organization that is gone leaves nothing to the next one', async () => {
  const carol = world.browser()
  const tokens = await rp.obtainTokens(carol, 'clientConf', 'carol')
  await carol.get('/account')
  const before = await idOf('b.test')
  await world.apply({
    organizations: [{ ...CONFIGURATION.organizations[1], users: [], applications: [], state: 'deactivated' }],
  })
  // the name and address of its people, but not its domain
  expect(
    (
      await faultsOf(world.place, {
        organizations: [{ primaryDomain: 'c.test', name: 'Organization C', domains: ['b.test'] }],
      })
    ).join(),
  ).toContain('domains')
  await world.apply({
    organizations: [
      {
        primaryDomain: 'c.test',
        name: 'Organization C',
        users: [{ ...person({ name: 'carol', domain: 'c.test' }), password: 'another canary of somebody' }],
      },
    ],
  })
  const after = await idOf('c.test')
  expect(after).not.toBe(before)

  expectRefused(await carol.call(ME.profile()), 'unauthenticated')
  expectRefused(await rp.userinfo(tokens.access_token), 'invalid_token')
  expectRefused(await rp.refresh('clientConf', tokens.refresh_token), 'invalid_grant')
  expect(
    errorOf(await rp.silently(carol, 'clientConf', { scope: 'openid urn:vestibule:org:domain:primary:c.test' })),
  ).toBe('login_required')
  const again = world.browser()
  const asked = await again.open(rp.authorizePath('clientConf', { scope: `openid urn:vestibule:org:id:${after}` }))
  expectRefused(await again.signIn(asked, 'carol', passwordOf('carol')), 'invalid_credentials')
  const subject = claimsOf(
    tokensOf(
      await rp.redeem('clientConf', authorizationCode(await again.call(LOGIN.PW(asked, 'another canary of somebody')))),
    ).id_token,
  ).sub
  expect(subject).not.toBe(claimsOf(tokens.id_token).sub)
})
