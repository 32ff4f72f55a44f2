import { describe, expect, test } from 'vitest'
import { codeOf, send, sendRaw } from './harness/http.ts'
import { expectUnchanged } from './harness/refusal.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME } from './paths.ts'

const world = await openWorld()
const { rp, server } = world

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
    expect(answer).toMatch(/^HTTP\/1\.1 (400 |401 |404 |302 Found[\s\S]*location: \/account\r\n)/)
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
