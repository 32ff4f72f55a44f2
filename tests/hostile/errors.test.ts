import { describe, expect, onTestFinished, test } from 'vitest'
import { pageOf } from './harness/browser.ts'
import { type Answer, codeOf, send } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { authorizationCode } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { everyRead, everyWrite, LOGIN, ME, PAGES } from './paths.ts'

const world = await openWorld()
const { rp, server } = world

const SECURITY: [string, RegExp][] = [
  ['strict-transport-security', /max-age=\d{8}; includeSubDomains/],
  ['x-content-type-options', /^nosniff$/],
  ['x-frame-options', /^DENY$/],
  ['content-security-policy', /frame-ancestors 'none'/],
  ['referrer-policy', /^no-referrer$/],
]

function expectGuarded(answer: Answer, where: string): void {
  for (const [name, value] of SECURITY) expect(String(answer.headers[name] ?? ''), `${where}: ${name}`).toMatch(value)
  expect(answer.headers.server ?? answer.headers['x-powered-by'], where).toBeUndefined()
}

describe('N274 CACHE - nothing private is kept', () => {
  test('of pages, steps, accounts, tokens and errors', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientAsking'))
    const answers: [string, Answer][] = [['login page', await browser.get(`/login/${request}`)]]
    for (const call of [LOGIN.START(request, 'bob'), LOGIN.PW(request, 'wrong'), LOGIN.PW(request, passwordOf('bob'))])
      answers.push([call.path, await browser.call(call)])
    const done = await browser.call(LOGIN.CONSENT(request, true))
    answers.push(['done', done], ['tokens', await rp.redeem('clientAsking', authorizationCode(done))])
    answers.push(
      ['authorize', await rp.silently(browser, 'clientAsking')],
      ['error redirect', await browser.get(rp.authorizePath('clientConf', { scope: '"' }))],
    )
    answers.push(['token error', await rp.token('clientConf', {})], ['userinfo', await rp.userinfo('x')])
    for (const path of [
      ...PAGES,
      '/nowhere',
      '/api/nowhere',
      '/assets/nowhere.js',
      '/healthz',
      '/readyz',
      '/metrics',
      world.endpoints.ENDSESSION,
      '/oauth/v2/authorize',
    ])
      answers.push([path, await browser.get(path)])
    for (const call of [...everyRead(request), ...everyWrite('req_0', 'ses_0')])
      answers.push([call.path, await browser.call(call)])
    for (const [name, answer] of answers) expect(answer.headers['cache-control'], name).toBe('no-store')
    for (const [name, answer] of answers)
      if (/html/.test(answer.headers['content-type'] ?? ''))
        expect(answer.headers.vary ?? 'Cookie', name).toMatch(/Cookie/)
  })

  test('only assets with their content in the name, keys and metadata', async () => {
    const page = await world.browser().get('/setup')
    const names = [...page.body.matchAll(/\/assets\/[\w.-]+/g)].map(([name]) => name)
    expect(names.length).toBeGreaterThan(2)
    for (const name of names) {
      expect(name).toMatch(/-[\w-]{8,}\.\w+$/)
      const answer = await world.browser().get(name)
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(answer.setCookie).toEqual([])
    }
    expect((await send(server, { path: world.endpoints.JWKS })).headers['cache-control']).toBe('public, max-age=300')
  })
})

describe('N276 CACHE - an error says a code and an id', () => {
  const INSIDE =
    /\bat \w|node_modules|\.ts:\d|select |insert |sqlite|SQLITE|no such table|drizzle|hono|\/work\/|\/tmp\/|Error:|stack/i

  function expectBland(answer: Answer, where: string, status: number): void {
    expect(answer.status, where).toBe(status)
    const text = pageOf(answer) ? JSON.stringify(pageOf(answer).error) : answer.body
    expect(text, where).not.toMatch(INSIDE)
    expect(answer.headers['x-request-id'], where).toMatch(/^[0-9a-f-]{36}$/)
    expectGuarded(answer, where)
  }

  test('404, 405, 400, 413 and 421 of every family', async () => {
    const json_ = { 'content-type': 'application/json', origin: server.issuer }
    const big = 'x'.repeat(70_000)
    for (const path of [
      '/nowhere',
      '/api/nowhere',
      '/assets/nowhere',
      '/oauth/v2/nowhere',
      '/.well-known/nowhere',
      '/login/req_0',
    ])
      expectBland(await send(server, { path }), path, 404)
    for (const path of ['/account', '/api/me', '/oauth/v2/token', '/oauth/v2/keys', '/healthz', '/assets/x'])
      expectBland(await send(server, { method: 'DELETE', path }), path, 405)
    for (const path of [
      '/api/language',
      '/oauth/v2/token',
      '/oidc/v1/userinfo',
      '/oauth/v2/authorize',
      '/oidc/v1/end_session',
      '/api/nowhere',
      '/account',
    ])
      expectBland(await send(server, { method: 'POST', path, headers: json_, body: big }), path, 413)
    expectBland(
      await send(server, { method: 'POST', path: '/api/language', headers: json_, body: '{' }),
      'malformed',
      400,
    )
    expectBland(await send(server, { path: '/oauth/v2/authorize' }), 'authorize', 400)
    expectBland(await send(server, { path: '/account', headers: { host: 'evil.test' } }), 'host', 421)
  })

  test('500 of every family, with the reason in the log only', async () => {
    const own = await openWorld({ closing: onTestFinished })
    const browser = own.browser()
    await own.rp.obtainCode(browser, 'clientConf', 'bob')
    await browser.get('/account')
    const request = await browser.open(own.rp.authorizePath('clientConf', { prompt: 'login' }))
    await own.rows('alter table devices rename to devices_gone')
    await own.rows('alter table authorization_codes rename to codes_gone')
    await own.rows('alter table access_tokens rename to tokens_gone')

    const code = `vc_${'A'.repeat(43)}`
    const answers: [string, Answer][] = [
      ['page', await browser.get('/account')],
      ['authorize', await browser.get(own.rp.authorizePath('clientConf'))],
      ['login', await browser.call(LOGIN.START(request, 'bob'))],
      ['me', await browser.call(ME.profile())],
      ['token', await own.rp.redeem('clientConf', code)],
      ['userinfo', await own.rp.userinfo(`va_${'A'.repeat(43)}`)],
    ]
    for (const [name, answer] of answers) {
      expectBland(answer, name, 500)
      expect(answer.setCookie, name).toEqual([])
      expect([null, 'internal', 'server_error'], name).toContain(codeOf(answer))
    }
    await expect.poll(() => own.server.log()).toContain('unexpected failure')
    expect((await send(own.server, { path: '/healthz' })).status).toBe(200)
    expect(own.server.log()).not.toContain(code)
  })
})
