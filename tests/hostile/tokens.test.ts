import { beforeAll, describe, expect, test } from 'vitest'
import { redirectOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { json, send } from './harness/http.ts'
import { person, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { basic, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world
const DAY = 86_400

test('N163 TOKEN - a used refresh token ends its whole family', async () => {
  const first = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
  const second = tokensOf(await rp.refresh('clientConf', first.refresh_token))
  const other = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
  expectRefused(await rp.refresh('clientConf', first.refresh_token), 'invalid_grant')
  expectRefused(await rp.refresh('clientConf', second.refresh_token), 'invalid_grant')
  for (const { access_token } of [first, second]) expectRefused(await rp.userinfo(access_token), 'invalid_token')
  // the family next door lives
  tokensOf(await rp.refresh('clientConf', other.refresh_token))
})

describe('N166 TOKEN - a refresh token', () => {
  test('of another client is refused, and nothing is revoked', async () => {
    const { refresh_token } = await rp.obtainTokens(world.browser(), 'rp1', 'bob')
    expectRefused(await rp.refresh('rp2', refresh_token), 'invalid_grant')
    expectRefused(
      await rp.token('rp1', { grant_type: 'refresh_token', refresh_token, client_id: 'rp1' }, {}),
      'invalid_client',
    )
    expectRefused(
      await rp.token('rp1', { grant_type: 'refresh_token', refresh_token, client_id: 'clientPub' }, {}),
      'invalid_grant',
    )
    expectRefused(
      await rp.token('rp1', { grant_type: 'refresh_token', refresh_token }, basic('rp1', 'wrong')),
      'invalid_client',
    )
    tokensOf(await rp.refresh('rp1', refresh_token))
  })

  test('widens no scope, and a narrowed answer narrows no family', async () => {
    const { refresh_token } = await rp.obtainTokens(world.browser(), 'rp1', 'bob', {
      scope: 'openid profile offline_access',
    })
    for (const scope of [
      'openid email',
      'openid profile email phone address',
      'openid unknown',
      'openid openid email',
      'OPENID',
      'openid\temail',
    ])
      expectRefused(await rp.refresh('rp1', refresh_token, { scope }), 'invalid_scope')
    const narrowed = tokensOf(await rp.refresh('rp1', refresh_token, { scope: 'openid' }))
    expect(narrowed.scope).toBe('openid')
    expect(json(await rp.userinfo(narrowed.access_token))).toEqual({ sub: claimsOf(narrowed.id_token)['sub'] })
    expectRefused(await rp.refresh('rp1', narrowed.refresh_token, { scope: 'openid email' }), 'invalid_scope')
    const wide = tokensOf(await rp.refresh('rp1', narrowed.refresh_token))
    expect(wide.scope.split(' ').toSorted()).toEqual(['offline_access', 'openid', 'profile'])
  })

  test.each([
    'password',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'urn:openid:params:grant-type:ciba',
    'authorization_code ',
    'REFRESH_TOKEN',
    '__proto__',
    'constructor',
  ])('grant_type %s is not offered', async (grant_type) => {
    expectRefused(
      await rp.token('rp1', { grant_type, username: 'bob', password: 'x', assertion: 'x' }),
      'unsupported_grant_type',
    )
  })
})

describe('N168 TOKEN - a refresh token ends', () => {
  test('when nobody used it for the idle time', async () => {
    const { refresh_token } = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    await letTimePass(world.rows, 30 * DAY + 1)
    expectRefused(await rp.refresh('clientConf', refresh_token), 'invalid_grant')
  })

  test('at its absolute end, however often it was rotated', async () => {
    let { refresh_token } = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    for (let days = 0; days < 87; days += 29) {
      await letTimePass(world.rows, 29 * DAY)
      refresh_token = tokensOf(await rp.refresh('clientConf', refresh_token)).refresh_token
    }
    await letTimePass(world.rows, 3 * DAY + 1)
    expectRefused(await rp.refresh('clientConf', refresh_token), 'invalid_grant')
  })

  test('and the access token at its own', async () => {
    const { access_token } = await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    await letTimePass(world.rows, 12 * 3600 + 1)
    expectRefused(await rp.userinfo(access_token), 'invalid_token')
  })
})

describe('N173 TOKEN - where and how an access token is shown', () => {
  const path = rp.endpoints.USERINFO
  let token = ''
  beforeAll(async () => {
    token = (await rp.obtainTokens(world.browser(), 'clientConf', 'bob')).access_token
  })
  const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

  test.each(['query', 'query of a POST'])('in the %s it is not read', async (place) => {
    const method = place === 'query' ? 'GET' : 'POST'
    const answer = await send(world.server, { method, path: `${path}?access_token=${token}` })
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer realm="vestibule"'])
  })

  test('twice is once too often', async () => {
    const answer = await send(world.server, {
      method: 'POST',
      path,
      headers: { ...FORM, authorization: `Bearer ${token}` },
      body: `access_token=${token}`,
    })
    expectRefused(answer, 'invalid_request')
    expect(answer.headers['www-authenticate']).toContain('error="invalid_request"')
    const double = await send(world.server, {
      method: 'POST',
      path,
      headers: FORM,
      body: `access_token=${token}&access_token=${token}`,
    })
    expectRefused(double, 'invalid_request')
    const headers = await send(world.server, {
      path,
      headers: { authorization: [`Bearer ${token}`, `Bearer ${token}`] },
    })
    expect(headers.status).toBeGreaterThanOrEqual(400)
  })

  const malformed: [string, (of: string) => string][] = [
    ['two blanks', (of) => `Bearer  ${of}`],
    ['a tab', (of) => `Bearer\t${of}`],
    ['nothing', () => 'Bearer'],
    ['a blank', () => 'Bearer '],
    ['another scheme', (of) => `Basic ${of}`],
    ['no scheme', (of) => of],
    ['quotes', (of) => `Bearer "${of}"`],
    ['a comma', (of) => `Bearer ${of}, Bearer ${of}`],
    ['something behind', (of) => `Bearer ${of} x`],
    ['DPoP', (of) => `DPoP ${of}`],
    ['latin', (of) => `Bearer ${of}\u00e9`],
    ['much', () => `Bearer ${'A'.repeat(15_000)}`],
  ]
  test.each(malformed)('with %s it is malformed', async (_kind, write) => {
    const answer = await send(world.server, { path, headers: { authorization: write(token) } })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="vestibule"/)
  })

  test('a megabyte is too much', async () => {
    const answer = await send(world.server, {
      path,
      headers: { authorization: `Bearer ${'A'.repeat(1_000_000)}`, connection: 'close' },
    }).catch((error: NodeJS.ErrnoException) => error)
    if ('status' in answer) expect(answer.status).toBe(431)
    else expect(['ECONNRESET', 'EPIPE']).toContain(answer.code)
  })

  test('the scheme may be written in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'Bearer'])
      expect((await send(world.server, { path, headers: { authorization: `${scheme} ${token}` } })).status).toBe(200)
  })
})

describe('N177 TOKEN - strange scopes', () => {
  const ask = async (scope: string) => {
    const begin = performance.now()
    const answer = await world.browser().get(rp.authorizePath('clientConf', { scope, prompt: 'none' }))
    return { answer, took: performance.now() - begin }
  }
  /** The fastest of some: what the server needs, whatever else this machine does. */
  const quickest = async (scope: string) =>
    Math.min(...(await Promise.all(Array.from({ length: 5 }, () => ask(scope)))).map(({ took }) => took))
  const organizationB = async () =>
    (await world.rows(`select id from organizations where primary_domain = 'b.test'`))[0]!['id'] as string

  test.each([
    ['4,097 characters', 'x'.repeat(4_097)],
    ['10,000 items', 'a '.repeat(6_000)],
    ['101 items', 'a '.repeat(101)],
    ['nested blanks', `${' '.repeat(4_000)}openid`],
    ['a colon desert', 'urn:'.repeat(1_000)],
  ])('%s take no time', async (_kind, scope) => {
    const { answer } = await ask(scope)
    expect([302, 400, 431]).toContain(answer.status)
    if (answer.status === 302) expect(['invalid_scope', 'login_required']).toContain(errorOf(answer))
    expect(await quickest(scope)).toBeLessThan(50)
  })

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
    expect(tokens.scope).toBe('openid')
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
    const { answer } = await ask(scope)
    expect(errorOf(answer)).toBe('invalid_scope')
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
      expect(errorOf((await ask(scope)).answer)).toBe('invalid_scope')
  })
})

describe('N179 TOKEN - email_verified tells the truth', () => {
  test('of an address that nobody verified', async () => {
    const claims = JSON.stringify({ id_token: { email_verified: null } })
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'unverified', { scope: 'openid email', claims })
    expect(claimsOf(tokens.id_token)['email_verified']).toBe(false)
    expect(json(await rp.userinfo(tokens.access_token))).toMatchObject({
      email: 'unverified@a.test',
      email_verified: false,
    })
  })

  test('of one that changed, at once', async () => {
    const claims = JSON.stringify({ id_token: { email_verified: null, email: null } })
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'grace', {
      scope: 'openid email offline_access',
      claims,
    })
    expect(claimsOf(tokens.id_token)).toMatchObject({ email: 'grace@a.test', email_verified: true })
    const { password: _password, emailVerified: _verified, ...grace } = person({ name: 'grace' })
    await world.apply(withA({ applications: [], users: [{ ...grace, email: 'new@a.test' }] }))
    expect(json(await rp.userinfo(tokens.access_token))).toMatchObject({ email: 'new@a.test', email_verified: false })
    const next = tokensOf(await rp.refresh('clientConf', tokens.refresh_token))
    expect(claimsOf(next.id_token)).toMatchObject({ email: 'new@a.test', email_verified: false })
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
