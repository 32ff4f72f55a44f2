import { describe, expect, test } from 'vitest'
import type { Browser } from './harness/browser.ts'
import { json, send } from './harness/http.ts'
import { basic } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { type Call, DISCO, everyRead, everyWrite, ME, PAGES } from './paths.ts'

const world = await openWorld()
const { rp, server } = world
const { host } = new URL(server.issuer)

/** Somebody signed in, with a second login half done: everything there is to abuse. */
async function victim() {
  const browser = world.browser()
  await rp.obtainCode(browser, 'clientConf', 'bob')
  await browser.get('/account')
  const sessions = json(await browser.call(ME.sessions())).sessions as { id: string; current: boolean }[]
  const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
  return { browser, request, session: sessions.find(({ current }) => current)!.id }
}

describe('N127 CSRF - other origins read nothing', () => {
  const allowed = (answer: Awaited<ReturnType<Browser['get']>>) => answer.headers['access-control-allow-origin']

  test.each(['https://evil.test', 'null', `https://${host}.evil.test`, 'https://rp.test.evil.test'])(
    'Origin %s',
    async (origin) => {
      const { browser, request, session } = await victim()
      const calls = [
        ...everyRead(request),
        ...everyWrite('req_0', 'ses_0'),
        ...PAGES.map((path): Call => ({ method: 'GET', path })),
      ]
      const others = [
        world.endpoints.USERINFO,
        world.endpoints.TOKEN,
        world.endpoints.AUTHZ,
        world.endpoints.ENDSESSION,
        '/healthz',
        '/metrics',
      ]
      for (const { path } of [...calls, ...others.map((at) => ({ path: at }))])
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const answer = await browser.fetch({
            method,
            path,
            headers: { origin, 'access-control-request-method': 'POST' },
          })
          expect(allowed(answer), `${method} ${path}`).toBeUndefined()
          expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
        }
      expect(session).toBeTruthy()
    },
  )

  test('the metadata and keys are for everybody, without credentials', async () => {
    for (const path of [DISCO, world.endpoints.JWKS]) {
      const answer = await send(server, { path, headers: { origin: 'https://evil.test' } })
      expect(allowed(answer)).toBe('*')
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
    }
  })

  test('token and userinfo answer the origins that applications registered, and each its own', async () => {
    const registered = await send(server, { path: world.endpoints.USERINFO, headers: { origin: 'https://rp.test' } })
    expect(allowed(registered)).toBe('https://rp.test')
    expect(registered.headers.vary).toMatch(/Origin/)
    const confidential = await rp.token(
      'clientConf',
      { grant_type: 'refresh_token', refresh_token: 'vr_x' },
      { ...basic('clientConf'), origin: 'https://evil.test' },
    )
    expect(allowed(confidential)).toBeUndefined()
  })
})
