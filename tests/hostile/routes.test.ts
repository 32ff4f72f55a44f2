import { describe, expect, onTestFinished, test } from 'vitest'
import { createBrowser } from './harness/browser.ts'
import { codeOf, send } from './harness/http.ts'
import { MAIN, startProgram } from './harness/program.ts'
import { expectRefused } from './harness/refusal.ts'
import { createPlace, isReady } from './harness/server.ts'
import { openWorld } from './harness/world.ts'
import { ADM, type Call, DISCO, everyRead, everyWrite, INST, MANAGE, ME, PAGES } from './paths.ts'

const shared = await openWorld()

const sorted = (list: string) => list.split(', ').toSorted()

/** What `Allow` says of each path of these calls. */
function allowedBy(calls: Call[]): [string, string][] {
  const methods = new Map<string, Set<string>>()
  for (const { method, path } of calls) methods.set(path, (methods.get(path) ?? new Set()).add(method))
  return [...methods].map(([path, known]) => [
    path,
    [...known, ...(known.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', '),
  ])
}

describe('N300 OPS - the routes that exist are the routes that are meant', () => {
  test('known paths answer unknown methods with 405, and say which they know', async () => {
    const { server, endpoints, rp } = await openWorld({ closing: onTestFinished })
    const GET = 'GET, HEAD, OPTIONS'
    const BOTH = 'GET, POST, HEAD, OPTIONS'
    const expected = new Map<string, string>([
      ...allowedBy([...everyWrite('req_0', 'ses_0'), ...everyRead('req_0')]),
      ...PAGES.map((path): [string, string] => [path, GET]),
      [ADM.policy('org_0').path, 'GET, PUT, DELETE, HEAD, OPTIONS'],
      [INST.policy().path, 'GET, PUT, DELETE, HEAD, OPTIONS'],
      [ADM.deadLetters('org_0').path, GET],
      [ADM.unlock('org_0', 'usr_0').path, 'POST, OPTIONS'],
      [MANAGE.users('org_0'), BOTH],
      [MANAGE.user('org_0', 'usr_0').path, 'GET, PATCH, DELETE, HEAD, OPTIONS'],
      ['/api/openapi.json', GET],
      ['/api/docs', GET],
      ['/api/docs/start.js', GET],
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
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'LOCK', 'QUERY']) {
        if (allow.split(', ').includes(method)) continue
        const answer = await send(server, { method, path })
        expect([answer.status, sorted(answer.headers.allow ?? '')], `${method} ${path}`).toEqual([405, sorted(allow)])
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
    '/dev/outbox',
    '/dev/outbox/msg_1',
    '/__messages',
    '/__messages/email.verify_email',
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
