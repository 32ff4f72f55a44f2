import { beforeAll, describe, expect, test } from 'vitest'
import { json, send } from './harness/http.ts'
import { person, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { claimsOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world

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
    ['latin', (of) => `Bearer ${of}\u00e9`],
    ['much', () => `Bearer ${'A'.repeat(15_000)}`],
  ]
  test.each(malformed)('with %s it is malformed', async (_kind, write) => {
    const answer = await send(world.server, { path, headers: { authorization: write(token) } })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="vestibule"/)
  })

  test('with the scheme of another kind of token it is refused in the words of that scheme', async () => {
    const answer = await send(world.server, { path, headers: { authorization: `DPoP ${token}` } })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^DPoP realm="vestibule", .*error="invalid_token"$/)
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

describe('N179 TOKEN - email_verified tells the truth', () => {
  test('of an address that nobody verified', async () => {
    const claims = JSON.stringify({ id_token: { email_verified: null } })
    const tokens = await rp.obtainTokens(world.browser(), 'clientConf', 'unverified', { scope: 'openid email', claims })
    expect(claimsOf(tokens.id_token).email_verified).toBe(false)
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
