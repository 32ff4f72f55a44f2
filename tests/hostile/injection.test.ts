import { describe, expect, test } from 'vitest'
import { type Answer, codeOf, json, send, sendRaw } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { openWorld } from './harness/world.ts'
import { everyRead, everyWrite, LOGIN, ME } from './paths.ts'

const world = await openWorld()
const { rp, server } = world

const SQL = [
  "' or '1'='1",
  "bob'--",
  "'; drop table users; --",
  '" or ""="',
  '\\',
  "bob' union select * from credentials --",
  '%',
  '_%',
  'bob\u0000',
  "1' and sleep(5) --",
  "'||(select pg_sleep(5))||'",
  '?',
  '$1',
  ':name',
  '`',
  '\ud800',
]

describe('N267 INJ - text is never a query', () => {
  test.each(SQL)('%j', async (payload) => {
    const tables = Number((await world.rows('select count(*) as n from users'))[0]!['n'])
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    const begin = performance.now()
    const answers: Answer[] = []
    const try_ = async (answer: Promise<Answer>) => void answers.push(await answer)

    await try_(browser.call(LOGIN.START(request, payload)))
    await try_(browser.call(LOGIN.PW(request, payload)))
    for (const call of [
      ...everyWrite(encodeURIComponent(payload.toWellFormed()), payload),
      ...everyRead(encodeURIComponent(payload.toWellFormed())),
    ])
      await try_(browser.call(call))
    const values = {
      client_id: payload,
      redirect_uri: payload,
      scope: payload,
      state: payload,
      nonce: payload,
      login_hint: payload,
      ui_locales: payload,
      claims: payload,
      id_token_hint: payload,
    }
    for (const [name, value] of Object.entries(values)) {
      const answer = await browser.get(rp.authorizePath('clientConf', { [name]: value }))
      expect(answer.status, name).toBeLessThan(500)
    }
    for (const headers of [
      { cookie: `__Host-vestibule=${encodeURIComponent(payload.toWellFormed())}` },
      { authorization: `Bearer ${encodeURIComponent(payload.toWellFormed())}` },
      { 'accept-language': payload.replace(/[^\x20-\x7e]/g, '') },
    ])
      for (const path of ['/account', ME.profile().path, world.endpoints.USERINFO]) {
        const answer = await send(server, { path, headers })
        expect(answer.status, path).toBeLessThan(500)
      }
    for (const form of [
      { grant_type: payload },
      { grant_type: 'authorization_code', code: payload },
      { grant_type: 'refresh_token', refresh_token: payload },
    ])
      await try_(rp.token('clientConf', form as Record<string, string>))
    await try_(
      rp.post(world.endpoints.TOKEN, {
        grant_type: 'refresh_token',
        refresh_token: 'x',
        client_id: payload,
        client_secret: payload,
      }),
    )

    for (const answer of answers) expect(answer.status, answer.body).toBeLessThan(500)
    const said = answers.map(({ body }) => body.replaceAll(JSON.stringify(payload).slice(1, -1), '')).join()
    expect(said).not.toMatch(/sqlite|syntax error|near "|postgres|pg_/i)
    expect(performance.now() - begin).toBeLessThan(4_000)
    expect(Number((await world.rows('select count(*) as n from users'))[0]!['n'])).toBe(tables)
  })

  test('a name with signs of a pattern is not a pattern', async () => {
    for (const name of ['%', 'b%', 'bo_', 'BOB%', 'bob\u0000', 'bob*', '.*']) {
      const browser = world.browser()
      expectRefused(
        await browser.signIn(await browser.open(rp.authorizePath('clientConf')), name, passwordOf('bob')),
        'invalid_credentials',
        'invalid_input',
      )
    }
  })
})

describe('N269 INJ - members with a meaning to the language', () => {
  const evil = [
    '{"__proto__":{"isAdmin":true,"password":"x","identifier":"bob"}}',
    '{"constructor":{"prototype":{"isAdmin":true}}}',
    '{"identifier":"bob","__proto__":{"x":1}}',
    '{"session":"all","__proto__":null}',
    '{"toString":"x","valueOf":"x","hasOwnProperty":"x"}',
  ]
  test.each(evil)('%s', async (body) => {
    const browser = world.browser()
    await rp.obtainCode(browser, 'clientConf', 'bob')
    await browser.get('/account')
    const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
    await expectUnchanged(world, async () => {
      for (const { method, path } of everyWrite(request, 'ses_0'))
        expectRefused(
          await browser.fetch({
            method,
            path,
            body,
            headers: { 'content-type': 'application/json', origin: server.issuer },
          }),
          'invalid_input',
          'wrong_step',
        )
    })
    const claims = body.replace('"isAdmin"', '"sub"')
    expect((await browser.get(rp.authorizePath('clientConf', { claims, prompt: 'none' }))).status).toBe(302)
    const me = json(await browser.call(ME.profile()))
    expect(me.isAdmin).toBeUndefined()
    expect((await browser.call(LOGIN.START(request, 'bob'))).status).toBe(200)
  })
})

describe('N270 INJ - another spelling of a path is the same door or none', () => {
  const spellings = (path: string) => [
    path.replace('/api', '//api'),
    path.replace('/api', '/api/'),
    path.replace('/api', '/./api'),
    path.replace('/api', '/API'),
    path.replace('/api', '/x/../api'),
    path.replace('/me', '/%6de'),
    path.replace('/me', '/%256de'),
    `${path}/`,
    `${path};x`,
    `${path};jsessionid=1`,
    `${path}%00`,
    `${path}%20`,
    `${path}.json`,
    `${path}/..;/`,
    `${path}%2f`,
    `${path}?/../`,
    path.replace('/api/', '/api\\'),
    path.replace('/api/', '/api%5c'),
    path.replace('/', '/%2e/'),
    path.toUpperCase(),
  ]

  test('of what needs a session', async () => {
    for (const path of [ME.profile().path, ME.sessions().path])
      for (const spelling of spellings(path)) {
        const answer = await sendRaw(
          server,
          `GET ${spelling} HTTP/1.1\r\nHost: ${new URL(server.issuer).host}\r\nConnection: close\r\n\r\n`,
        )
        expect(answer, spelling).toMatch(/^HTTP\/1\.1 (40[0145]|421|302) /)
        expect(answer).not.toMatch(/usr_|@a\.test/)
      }
  })

  test('of what needs our own origin', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    await expectUnchanged(world, async () => {
      for (const spelling of spellings(LOGIN.START(request, '').path)) {
        const answer = await send(server, {
          method: 'POST',
          path: spelling.replaceAll('\\', '%5C'),
          headers: {
            cookie: [...browser.jar].map((pair) => pair.join('=')).join(),
            'content-type': 'application/json',
            origin: 'https://evil.test',
          },
          body: '{"identifier":"bob"}',
        })
        expect([400, 403, 404, 405], spelling).toContain(answer.status)
      }
    })
  })

  test.each([
    '/assets/../api/src/main.ts',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..\\..\\package.json',
    '/assets/....//package.json',
    '/assets/%252e%252e%252fpackage.json',
    '/assets/..%c0%af..%c0%afetc/passwd',
    '/assets//etc/passwd',
    '/assets/%00',
    '/assets/',
    '/assets',
    '/assets/.',
    '/assets/..',
    '/static/../api/me',
    '/../../etc/passwd',
    '/assets/login.html',
    '/login.html',
    '/app.html',
    '/.sources',
    '/.env',
    '/data/vestibule.db',
    '/assets/__proto__',
    '/assets/constructor',
  ])('no file outside the public folder: %s', async (path) => {
    const answer = await sendRaw(
      server,
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.issuer).host}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 (400 |401 |404 |302 Found[^]*location: \/account\r\n)/)
    expect(answer).not.toMatch(/root:x:|"dependencies"|SQLite format|import \{|vestibule:head/)
  })
})

describe('N272 INJ - nobody writes lines into the log', () => {
  test('line ends, escapes and quotes', async () => {
    const canary = 'INJECTED'
    const payload = `${canary}\r\n{"level":30,"msg":"forged"}\u001b[2J\u2028"}`
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    await browser.call(LOGIN.START(request, payload))
    await browser.call(LOGIN.START(request, `${canary}"}`))
    await browser.get(
      rp.authorizePath('clientConf', {
        error: payload,
        error_description: payload,
        state: payload,
        client_id: payload,
      }),
    )
    await browser.get(`/${encodeURIComponent(payload)}?${encodeURIComponent(payload)}`)
    await browser.get('/account', {
      'user-agent': `${canary}"}{"level":60}`,
      referer: `https://${canary}.test/`,
      'x-request-id': canary,
      'x-forwarded-for': canary,
    })
    await sendRaw(server, `${canary} / HTTP/1.1\r\nHost: ${new URL(server.issuer).host}\r\n\r\n`)
    await send(server, { method: canary.slice(0, 3), path: '/account' }).catch(() => null)

    await expect.poll(() => server.log().split('\n').length).toBeGreaterThan(5)
    const lines = server.log().trimEnd().split('\n')
    for (const line of lines) {
      expect(() => JSON.parse(line), line).not.toThrow()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
      expect(line).not.toMatch(/[\u0000-\u001f\u007f\u2028]/)
    }
    expect(server.log()).not.toContain(canary)
    expect(server.log()).not.toContain('forged')
    expect(codeOf(await browser.call(LOGIN.START(request, payload)))).toBe('invalid_input')
  })
})
