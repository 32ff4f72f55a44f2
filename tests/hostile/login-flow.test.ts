import { describe, expect, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { codeOf, json } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { everyWrite, LOGIN } from './paths.ts'

const world = await openWorld()
const { rp } = world

describe('N069 MFA - a body that is none advances no step', () => {
  const JSON_TYPE = 'application/json'
  const bodies: [string, string, string][] = [
    ['null', 'null', JSON_TYPE],
    ['a list', '[]', JSON_TYPE],
    ['a string', '""', JSON_TYPE],
    ['a number', '0', JSON_TYPE],
    ['nothing', '', JSON_TYPE],
    ['half an object', '{"identifier":"bob"', JSON_TYPE],
    ['a list of bodies', '[{"identifier":"bob","password":"x"}]', JSON_TYPE],
    ['text', '{}', 'text/plain'],
    ['a form', 'identifier=bob&password=x', 'application/x-www-form-urlencoded'],
    ['a multipart form', '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x'],
    ['no type', '{}', ''],
    ['XML', '<a/>', 'application/xml'],
  ]
  const atPassword = async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    await browser.call(LOGIN.START(request, 'alice'))
    return { browser, request }
  }

  test.each(bodies)('%s', async (_kind, body, type) => {
    const { browser, request } = await atPassword()
    await expectUnchanged(world, async () => {
      for (const { method, path } of everyWrite(request, 'ses_0')) {
        const headers = { origin: world.server.issuer, ...(type ? { 'content-type': type } : {}) }
        expectRefused(
          await browser.fetch({ method, path, body, headers }),
          'malformed_body',
          'invalid_input',
          'unsupported_media_type',
        )
      }
    })
    expect(stepOf(await browser.call(LOGIN.get(request)))).toBe('first_factor')
  })

  test('members of another kind, missing or unknown', async () => {
    const { browser, request } = await atPassword()
    const values = [null, [], {}, true, 0, ['bob'], { $ne: null }]
    await expectUnchanged(world, async () => {
      for (const { method, path, body } of everyWrite(request, 'ses_0'))
        for (const value of values) {
          const members = Object.keys(body as object)
          const changed = members.length > 0 ? { ...(body as object), [members[0]!]: value } : { unknown: value }
          // a boolean that is asked for is no mistake
          if (members[0] && typeof (body as Record<string, unknown>)[members[0]] === 'boolean' && value === true)
            continue
          const codes = path.startsWith('/api/me') ? ['invalid_input', 'unauthenticated'] : ['invalid_input']
          expectRefused(await browser.call({ method, path, body: changed }), ...codes)
          expectRefused(await browser.call({ method, path, body: { ...(body as object), unknown: value } }), ...codes)
        }
    })
  })
})

describe('N072 MFA - another name in the same flow starts over with nothing proven', () => {
  test('a password belongs to the name it was asked of', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    await browser.call(LOGIN.START(request, 'alice'))
    await browser.call(LOGIN.START(request, 'mallory'))
    expectRefused(await browser.call(LOGIN.PW(request, passwordOf('alice'))), 'invalid_credentials')
    const code = authorizationCode(await browser.call(LOGIN.PW(request, passwordOf('mallory'))))
    const { id_token } = tokensOf(await rp.redeem('clientConf', code))
    expect(
      json(
        await rp.userinfo(
          tokensOf(await rp.redeem('clientConf', await rp.obtainCode(world.browser(), 'clientConf', 'mallory')))
            .access_token,
        ),
      ).sub,
    ).toBe(claimsOf(id_token).sub)
  })

  test('after a proof of one, the other has none', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientAsking'))
    expect(stepOf(await browser.signIn(request, 'mallory', passwordOf('mallory')))).toBe('consent')
    expect(stepOf(await browser.call(LOGIN.START(request, 'alice')))).toBe('first_factor')
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    expectRefused(await browser.call(LOGIN.CONSENT(request, true)), 'wrong_step')
    expectRefused(await browser.call(LOGIN.PW(request, passwordOf('mallory'))), 'invalid_credentials')
    expect(errorOf(await rp.silently(browser, 'clientAsking', { claims: '{}' }))).toMatch(/_required$/)
  })

  test.each(['identifier', 'loginName', 'userId', 'user_id', 'sub', 'session', 'organization'])(
    '%s beside the password is refused',
    async (name) => {
      const browser = world.browser()
      const request = await browser.open(rp.authorizePath('clientConf'))
      await browser.call(LOGIN.START(request, 'mallory'))
      const { path } = LOGIN.PW(request, '')
      const body = { password: passwordOf('mallory'), [name]: 'alice' }
      expectRefused(await browser.call({ method: 'POST', path, body }), 'invalid_input')
    },
  )
})

test('N074 MFA - the answer to a password that does not suffice holds the flow and nothing else', async () => {
  const browser = world.browser()
  const request = await browser.open(rp.authorizePath('clientAsking'))
  const answer = await browser.signIn(request, 'bob', passwordOf('bob'))
  expect(stepOf(answer)).toBe('consent')
  expect(codeOf(answer)).toBeNull()
  expect(answer.setCookie.map((line) => line.split('=')[0])).toEqual(['__Host-vestibule'])
  expect(answer.body).not.toMatch(/\b(vd|va|vr|vc)_|eyJ|usr_|ses_|@a\.test/)
  expect(Object.keys(json(answer)).toSorted()).toEqual([
    'account',
    'application',
    'branding',
    'language',
    'passwordEndsAt',
    'reasons',
    'request',
    'step',
  ])
})
