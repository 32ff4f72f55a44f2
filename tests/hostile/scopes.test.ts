import { describe, expect, test } from 'vitest'
import { redirectOf } from './harness/browser.ts'
import { json, send } from './harness/http.ts'
import { expectRefused } from './harness/refusal.ts'
import { errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world

describe('N177 TOKEN - strange scopes', () => {
  const ask = (scope: string) => world.browser().get(rp.authorizePath('clientConf', { scope, prompt: 'none' }))
  const organizationB = () => world.organization('b.test')

  test('100 kB are refused before they are read', async () => {
    const query = rp.authorizePath('clientConf', { scope: 'x '.repeat(50_000) })
    expect((await rp.post(rp.endpoints.AUTHZ, query.slice(query.indexOf('?') + 1))).status).toBe(413)
    const headers = await send(world.server, { path: query, headers: { connection: 'close' } }).catch(() => ({
      status: 431,
    }))
    expect(headers.status).toBe(431)
    const big = rp.authorizePath('clientConf', { scope: 'x '.repeat(30_000) }).slice(rp.endpoints.AUTHZ.length + 1)
    expect(errorOf(await rp.post(rp.endpoints.AUTHZ, big))).toBe('invalid_scope')
  })

  test('unknown ones are ignored, and named by nobody', async () => {
    const scope =
      'openid admin root urn:zitadel:iam:org:projects:roles urn:zitadel:iam:org:project:id:x:aud __proto__ constructor toString'
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'bob', { scope })
    // asked for, but there is nothing to say
    expect(tokens.scope).toBe('openid urn:zitadel:iam:org:projects:roles')
    expect(Object.keys(json(await rp.userinfo(tokens.access_token)))).toEqual(['sub'])
  })

  test('without openid there is no ID token and no userinfo', async () => {
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'bob', { scope: 'profile email' })
    expect(tokens.id_token).toBeUndefined()
    expectRefused(await rp.userinfo(tokens.access_token), 'insufficient_scope')
  })

  test.each([
    'openid\r\nSet-Cookie: x=1',
    'openid\u0000',
    'openid "x"',
    'openid \\',
    'openid é',
    'openid\temail',
    'openid\u2028',
  ])('illegal characters: %j', async (scope) => {
    const answer = await ask(scope)
    expect(['invalid_scope', 'invalid_request']).toContain(errorOf(answer))
    expect(answer.setCookie).toEqual([])
  })

  test("another organization, or several, are no way around one's own", async () => {
    const id = await organizationB()
    for (const scope of [
      `openid urn:zitadel:iam:org:id:${id}`,
      `openid urn:vestibule:org:id:${id}`,
      'openid urn:vestibule:org:domain:primary:b.test',
    ]) {
      const browser = world.browser()
      await rp.obtainCode(browser, 'clientConf', 'bob')
      expect(errorOf(await rp.silently(browser, 'clientConf', { scope }))).toBe('login_required')
    }
    for (const scope of [
      `openid urn:vestibule:org:id:${id} urn:vestibule:org:id:org_other`,
      'openid urn:vestibule:org:domain:primary:a.test urn:vestibule:org:domain:primary:b.test',
      'openid urn:vestibule:org:id:org_nobody',
      'openid urn:vestibule:org:idp:id:x',
    ])
      expect(errorOf(await ask(scope))).toBe('invalid_scope')
  })
})

test('N177 TOKEN - an error to the application never carries a code beside it', async () => {
  const browser = world.browser()
  await rp.obtainCode(browser, 'clientConf', 'bob')
  for (const parameters of [
    { scope: 'openid "' },
    { max_age: '-1' },
    { prompt: 'none login' },
    { claims: '[' },
    { response_mode: 'web_message' },
  ] as Record<string, string>[]) {
    const { searchParams } = redirectOf(await browser.get(rp.authorizePath('clientConf', parameters)))
    expect(searchParams.has('error')).toBe(true)
    expect(searchParams.has('code')).toBe(false)
  }
})
