import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createBrowser } from './harness/browser.ts'
import { codeOf, send } from './harness/http.ts'
import { application, CONFIGURATION, person } from './harness/people.ts'
import { type Environment, MAIN, runProgram, startProgram } from './harness/program.ts'
import { expectRefused } from './harness/refusal.ts'
import { createPlace, faultsOf, isReady, startServer } from './harness/server.ts'
import { openPlace, openWorld } from './harness/world.ts'
import { DISCO, everyRead, everyWrite, ME, PAGES, SETUP } from './paths.ts'

const shared = await openWorld()

describe('N298 OPS - the first start', () => {
  const bad: [string, Environment][] = [
    ['a short master key', { MASTER_KEY: 'short' }],
    ['a master key of one letter', { MASTER_KEY: 'a'.repeat(64) }],
    ['a master key of zeros', { MASTER_KEY: '0'.repeat(64) }],
    ['a master key from a manual', { MASTER_KEY: 'change-me-change-me-change-me-change-me-1' }],
    ['http for the public', { PUBLIC_URL: 'http://login.test' }],
    ['a path in the address', { PUBLIC_URL: 'https://login.test/path' }],
    ['a user in the address', { PUBLIC_URL: 'https://user:pw@login.test' }],
    ['another scheme', { PUBLIC_URL: 'javascript:alert(1)' }],
    ['cheap hashes for the public', { PUBLIC_URL: 'https://login.test', ARGON2_MEMORY_KIB: '8', ARGON2_PASSES: '1' }],
    [
      'the demo for the public',
      { PUBLIC_URL: 'https://login.test', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', DEMO: 'on' },
    ],
    ['no port', { PORT: 'x' }],
    ['too many hops', { TRUSTED_PROXY_HOPS: '11' }],
    ['a short token for the figures', { METRICS_TOKEN: 'short' }],
    ['another database', { DATABASE_URL: 'mysql://x' }],
  ]
  test.each(bad)('refuses %s, in a sentence', async (_kind, env) => {
    const { folder, env: good } = await createPlace()
    const { code, news, log } = await runProgram(MAIN, [], { cwd: folder, env: { ...good, ...env } })
    expect(code).not.toBe(0)
    expect(news).toMatch(/[A-Z][A-Z0-9_]+[^\n]* (must|needs|is|are|has) /)
    expect(news + log).not.toMatch(/\n {4}at /)
    expect(news + log).not.toContain(env['MASTER_KEY'] ?? 'never said')
  })

  test('closes the files it makes, and those it finds open', async () => {
    const place = await createPlace()
    const data = place.env['DATA_DIR']!
    mkdirSync(data, { mode: 0o777 })
    writeFileSync(
      join(data, 'master.key'),
      `${Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString('base64url')}\n`,
    )
    chmodSync(join(data, 'master.key'), 0o666)
    const server = await startServer(place)
    onTestFinished(async () => void (await server.stop()))
    for (const name of ['master.key', 'vestibule.db', 'vestibule.db-wal', 'vestibule.db-shm'])
      expect(statSync(join(data, name)).mode & 0o077, name).toBe(0)
  })

  test('has no manager with a password: a link, shown once, sets it, once', async () => {
    const place = await createPlace()
    const world = await openPlace(place)
    onTestFinished(world.close)
    const tokens = [...world.server.news().matchAll(/#(vl_[\w-]{43})/g)].map(([, token]) => token!)
    expect(tokens).toHaveLength(1)
    expect(world.server.log()).not.toContain(tokens[0])
    for (const password of ['admin', 'password', 'vestibule', 'Password1!', '']) {
      const browser = world.browser()
      const request = await browser.open('/account')
      expectRefused(await browser.signIn(request, 'admin', password), 'invalid_credentials', 'invalid_input')
    }
    for (const token of [`vl_${'A'.repeat(43)}`, tokens[0]!.slice(0, -1), `${tokens[0]}A`, ''])
      expectRefused(
        await world.browser().call(SETUP.set(token, 'a password that is long')),
        'code_invalid',
        'invalid_input',
      )
    for (const weak of ['short', '', 'elevenchars', 'x'.repeat(129)])
      expectRefused(await world.browser().call(SETUP.set(tokens[0]!, weak)), 'invalid_input')

    // a second start makes a new link and the old one dead
    await world.server.stop()
    const again = await openPlace(place)
    onTestFinished(again.close)
    const [, fresh] = /#(vl_[\w-]{43})/.exec(again.server.news())!
    expectRefused(await again.browser().call(SETUP.set(tokens[0]!, 'a password that is long')), 'code_invalid')
    expect((await again.browser().call(SETUP.set(fresh!, 'a password that is long'))).status).toBe(200)
    expectRefused(await again.browser().call(SETUP.set(fresh!, 'another password')), 'code_invalid')

    const third = again.browser()
    const request = await third.open('/account')
    expect((await third.signIn(request, 'admin', 'a password that is long')).status).toBe(200)
    await again.server.stop()
    const last = await openPlace(place)
    onTestFinished(last.close)
    expect(last.server.news()).not.toContain('vl_')
  }, 60_000)

  test('guessing the link comes to an end', async () => {
    const world = await openWorld({ closing: onTestFinished })
    const guesser = world.browser()
    const statuses: number[] = []
    for (let at = 0; at < 25; at++)
      statuses.push(
        (await guesser.call(SETUP.set(`vl_${String(at).padStart(43, 'A')}`, 'a password that is long'))).status,
      )
    expect(statuses).toEqual([...Array(20).fill(400), ...Array(5).fill(429)])
  })
})

describe('N298 OPS - a configuration with a fault changes nothing', () => {
  const of = (change: object) => ({ organizations: [{ primaryDomain: 'x.test', name: 'X', ...change }] })
  const app = (change: object) =>
    of({ applications: [{ ...application({ clientId: 'clientX', type: 'web' }), ...change }] })
  const redirects = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://rp.test/x',
    'https://*/cb',
    'https://rp.test/*',
    'https://rp.test/cb#x',
    'https://user:pw@rp.test/cb',
    'http://rp.test/cb',
    'https://rp.test\\@evil.test',
    ' https://rp.test/cb',
    'https://rp.test/c b',
    'https://rp.tést/cb',
    '//rp.test/cb',
    'rp.test',
  ]
  const faulty: [string, object][] = [
    ['an unknown member', { ...CONFIGURATION, surprise: true }],
    ['an unknown member of a person', of({ users: [{ ...person({ name: 'x' }), isAdmin: true }] })],
    ['an unknown role', of({ users: [{ ...person({ name: 'x' }), roles: ['root'] }] })],
    ['a short password', of({ users: [{ ...person({ name: 'x' }), password: 'short' }] })],
    ['a hash that is none', of({ users: [{ username: 'x', passwordHash: '$2b$10$x' }] })],
    [
      'a hash that stops the server',
      of({
        users: [
          { username: 'x', passwordHash: `$argon2id$v=19$m=4194304,t=99,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}` },
        ],
      }),
    ],
    ['a line end in an address', of({ users: [{ username: 'x', email: 'x@x.test\r\nBcc: y@y.test' }] })],
    ['a secret instead of its hash', app({ secretSha256: ['a secret'] })],
    ['an origin with a path', app({ settings: { additionalOrigins: ['https://rp.test/x'] } })],
    ...redirects.flatMap((uri): [string, object][] => [
      [`the redirect ${uri}`, app({ redirectUris: [uri] })],
      [`the return address ${uri}`, app({ postLogoutRedirectUris: [uri] })],
    ]),
  ]
  test('whatever the fault is', { timeout: 120_000 }, async () => {
    const world = await openWorld({ closing: onTestFinished })
    const before = await world.rows('select count(*) as n from events')
    // one process for all that can stand in one file, one for each that can not
    const many = faulty
      .slice(1)
      .map(([, { organizations }], at) => ({ ...(organizations as object[])[0], primaryDomain: `x${at}.test` }))
    const [, unknown] = faulty[0]!
    expect((await faultsOf(world.place, unknown)).join()).toContain('surprise')
    const faults = (await faultsOf(world.place, { organizations: many })).join('\n')
    expect(faults).not.toContain('canary')
    for (const [at, [name]] of faulty.slice(1).entries())
      if (!name.startsWith('the re')) expect(faults, name).toContain(`organizations[${at}].`)
    const applications = redirects.flatMap((uri, at) => [
      { ...application({ clientId: `go${at}`, type: 'web' }), redirectUris: [uri] },
      { ...application({ clientId: `out${at}`, type: 'web' }), postLogoutRedirectUris: [uri] },
    ])
    const refused = (await faultsOf(world.place, of({ applications }))).join('\n')
    for (const at of applications.keys())
      expect(refused, redirects[Math.floor(at / 2)]).toContain(`applications[${at}].`)
    expect(await world.rows('select count(*) as n from events')).toEqual(before)
  })
})

describe('N300 OPS - the routes that exist are the routes that are meant', () => {
  test('known paths answer unknown methods with 405, and say which they know', async () => {
    const { server, endpoints, rp } = await openWorld({ closing: onTestFinished })
    const GET = 'GET, HEAD, OPTIONS'
    const BOTH = 'GET, POST, HEAD, OPTIONS'
    const expected = new Map<string, string>([
      ...everyWrite('req_0', 'ses_0').map(({ path }): [string, string] => [path, 'POST, OPTIONS']),
      ...everyRead('req_0').map(({ path }): [string, string] => [path, GET]),
      ...PAGES.map((path): [string, string] => [path, GET]),
      [endpoints.AUTHZ, BOTH],
      [endpoints.ENDSESSION, BOTH],
      [endpoints.USERINFO, BOTH],
      [endpoints.TOKEN, 'POST, OPTIONS'],
      [endpoints.JWKS, GET],
      [DISCO, GET],
      ['/.well-known/oauth-authorization-server', GET],
      ['/assets/x.js', GET],
      ['/healthz', GET],
      ['/readyz', GET],
      ['/metrics', GET],
    ])
    for (const [path, allow] of expected)
      for (const method of [
        'PUT',
        'PATCH',
        'DELETE',
        'PROPFIND',
        'LOCK',
        'QUERY',
        ...(allow.includes('POST') ? [] : ['POST']),
        ...(allow.includes('GET') ? [] : ['GET']),
      ]) {
        const answer = await send(server, { method, path })
        expect([answer.status, answer.headers.allow], `${method} ${path}`).toEqual([405, allow])
        expect(['method_not_allowed', 'invalid_request', null]).toContain(codeOf(answer))
      }
    for (const method of ['TRACE', 'CONNECT'])
      expect((await send(server, { method, path: '/account' }).catch(() => ({ status: 405 }))).status).toBe(405)
    expect(rp.endpoints).toEqual(endpoints)
  }, 60_000)

  test.each([
    '/debug',
    '/test',
    '/dev',
    '/__screens',
    '/__test',
    '/__vite',
    '/@vite/client',
    '/src/main.tsx',
    '/api/debug',
    '/api/test/reset',
    '/api/seed',
    '/docs',
    '/openapi.json',
    '/api/openapi.json',
    '/swagger',
    '/graphql',
    '/admin',
    '/console',
    '/status',
    '/env',
    '/actuator',
    '/.git/config',
    '/package.json',
    '/api/fault',
    '/register',
    '/oauth/v2/register',
    '/oidc/v1/register',
    '/.well-known/nothing',
  ])('there is no %s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const answer = await send(shared.server, { method, path })
      expect(answer.status, `${method} ${path}`).toBe(404)
    }
  })
  test('the figures are for the operator', async () => {
    // behind a proxy nobody is local
    expect((await send(shared.server, { path: '/metrics' })).status).toBe(404)
    expect((await send(shared.server, { path: '/metrics', headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(
      404,
    )
    const own = await openWorld({ closing: onTestFinished, env: { METRICS_TOKEN: 'canary-token-of-the-figures' } })
    for (const authorization of [
      '',
      'Bearer x',
      'Bearer canary-token-of-the-figure',
      'Basic canary-token-of-the-figures',
    ])
      expect((await send(own.server, { path: '/metrics', headers: { authorization } })).status).toBe(404)
    const metrics = await send(own.server, {
      path: '/metrics',
      headers: { authorization: 'Bearer canary-token-of-the-figures' },
    })
    expect(metrics.status).toBe(200)
    expect(metrics.body).not.toMatch(/bob|a\.test|req_|usr_/)
  })

  test('a flag for faults or tests is not known', async () => {
    const place = await createPlace({
      FAULT: 'every',
      VESTIBULE_FAULT: '1',
      TEST_MODE: '1',
      SKIP_AUTH: '1',
      DEBUG: '*',
    })
    const program = startProgram(MAIN, ['--fault=1', '--test'], { cwd: place.folder, env: place.env })
    const server = { ...place, ...program, stop: async () => null, kill: async () => undefined }
    await isReady(server)
    expectRefused(await createBrowser(server).call(ME.profile()), 'unauthenticated')
    program.child.kill('SIGTERM')
    expect(await program.exited).toBe(0)
  })
})
