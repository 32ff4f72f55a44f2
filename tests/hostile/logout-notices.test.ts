import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { application, withA } from './harness/people.ts'
import { claimsOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

type Heard = { path: string; body: string }
const heard: Heard[] = []
/** How an application answers, by the path that its address has. */
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/fine': (response) => response.end(),
  '/fails': (response) => response.writeHead(500).end(),
  '/redirects': (response) => response.writeHead(302, { location: '/secret' }).end(),
  // it never does
  '/hangs': () => undefined,
}
const listener = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    heard.push({ path: request.url ?? '', body })
    ANSWERS[request.url ?? '']?.(response)
  })
})
listener.listen(0, '127.0.0.1')
await once(listener, 'listening')
afterAll(() => {
  listener.closeAllConnections()
  listener.close()
})
const at = (path: string) => `http://127.0.0.1:${(listener.address() as AddressInfo).port}${path}`

const told = (clientId: string, backchannelLogoutUri: string) =>
  application({ clientId, type: 'web', settings: { backchannelLogoutUri, development: true } })
const APPLICATIONS = {
  fine: at('/fine'),
  fails: at('/fails'),
  redirects: at('/redirects'),
  hangs: at('/hangs'),
  inside: 'https://169.254.169.254/latest/meta-data',
  private: 'https://10.0.0.1/logout',
}
const world = await openWorld({
  env: { LOOPBACK_REQUESTS: 'on' },
  configuration: withA({ applications: Object.entries(APPLICATIONS).map(([name, uri]) => told(name, uri)) }),
})
const { rp } = world

/** Alice signs in to an application, and out of it with its hint. Milliseconds that the sign-out took. */
async function signOut(clientId: string) {
  const tokens = await rp.obtainTokens(world.browser(), clientId, 'alice', { scope: 'openid' })
  const began = performance.now()
  const query = new URLSearchParams({ id_token_hint: tokens.id_token })
  expect((await world.browser().get(`${world.endpoints.ENDSESSION}?${query}`)).status).toBe(200)
  return { tokens, took: performance.now() - began }
}

async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come to that')
}
const attempts = (path: string) => heard.filter((one) => one.path === path)

describe('N196 LOGOUT - an application is told by a token that is nothing else, and what it held is over', () => {
  test('typed, without nonce, two minutes long, and no other kind of token', async () => {
    const { tokens } = await signOut('fine')
    const { body } = await until(() => attempts('/fine')[0])
    const form = new URLSearchParams(body)
    expect([...form.keys()]).toEqual(['logout_token'])
    const token = form.get('logout_token') ?? ''
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({
      typ: 'logout+jwt',
    })
    const claims = claimsOf(token)
    expect(claims).not.toHaveProperty('nonce')
    expect(Number(claims.exp) - Number(claims.iat)).toBeLessThanOrEqual(120)
    expect([claims.sid, claims.sub]).toEqual([claimsOf(tokens.id_token).sid, claimsOf(tokens.id_token).sub])

    expect((await rp.userinfo(token)).status).toBe(401)
    const hint = new URLSearchParams({ id_token_hint: token, post_logout_redirect_uri: 'https://rp.test/bye' })
    const answer = await world.browser().get(`${world.endpoints.ENDSESSION}?${hint}`)
    expect(answer.headers.location).toBeUndefined()
  })
})

describe('N197 LOGOUT - an application that hangs, fails, redirects or is inside holds up nobody', () => {
  test.each(['hangs', 'fails', 'redirects', 'inside', 'private'])(
    '%s: the sign-out takes less than a second',
    async (clientId) => {
      expect((await signOut(clientId)).took).toBeLessThan(1_000)
    },
  )

  test('nothing inside is asked, a redirect is not followed, and what failed is remembered', async () => {
    const faults = await until(async () => {
      const rows = await world.rows('select last_error from logout_notices')
      const failed = rows.filter(({ last_error }) => last_error !== null)
      return failed.length >= 4 ? failed.map(({ last_error }) => last_error) : undefined
    })
    expect(faults.filter((fault) => fault === 'not_allowed')).toHaveLength(2)
    expect(attempts('/redirects')).toHaveLength(1)
    expect(attempts('/secret')).toEqual([])
    expect(attempts('/fails')).toHaveLength(1)
  })
})
