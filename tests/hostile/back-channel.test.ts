import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { application, CONFIGURATION, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { claimsOf } from './harness/relying-party.ts'
import { faultsOf } from './harness/server.ts'
import { openWorld } from './harness/world.ts'
import { ME } from './paths.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** An application that wants to hear of ends, at a program that answers like this; and a world where bob is signed in to it. */
async function createStory(answer: Answer) {
  const heard: { path: string; token: string }[] = []
  const listener = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      heard.push({ path: request.url ?? '', token: new URLSearchParams(body).get('logout_token') ?? '' })
      answer(response, request)
    })
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  onTestFinished(() => {
    listener.closeAllConnections()
    listener.close()
  })
  const { port } = listener.address() as AddressInfo
  const told = application({
    clientId: 'told',
    type: 'web',
    settings: { backchannelLogoutUri: `http://127.0.0.1:${port}/ends`, development: true, sessionRefreshToken: true },
  })
  const applications = [...CONFIGURATION.organizations[0]!.applications, told]
  const world = await openWorld({
    env: { LOOPBACK_REQUESTS: 'on' },
    configuration: withA({ applications }),
    closing: onTestFinished,
  })
  const browser = world.browser()
  const tokens = await world.rp.obtainTokens(browser, 'told', 'bob', { scope: 'openid' })
  await browser.get('/account')
  return { heard, world, browser, tokens }
}

test('N196 LOGOUT - what hung on the session is refused, and the application gets a typed, short word of it', async () => {
  const { heard, world, browser, tokens } = await createStory((response) => response.writeHead(200).end())
  await browser.call(ME.signOut())
  expectRefused(await world.rp.refresh('told', tokens.refresh_token), 'invalid_grant')
  expect((await world.rp.userinfo(tokens.access_token)).status).toBe(401)
  await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(1)
  const { token } = heard[0]!
  const header = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())
  const claims = claimsOf(token)
  expect(header.typ).toBe('logout+jwt')
  expect(claims).not.toHaveProperty('nonce')
  expect(Number(claims.exp) - Number(claims.iat)).toBeLessThanOrEqual(120)
  expect(claims).toMatchObject({ aud: 'told', sid: claimsOf(tokens.id_token).sid })
  // it stands in for no other token
  expect((await world.rp.userinfo(token)).status).toBe(401)
  expectRefused(await world.rp.refresh('told', token), 'invalid_grant')
})

test.each<[string, Answer]>([
  ['hangs', () => undefined],
  ['answers 500', (response) => response.writeHead(500).end()],
  ['breaks off', (_response, request) => request.socket.destroy()],
  ['redirects', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
])('N197 LOGOUT - an application that %s holds nobody up', async (_what, answer) => {
  const { heard, world, browser } = await createStory(answer)
  const begin = performance.now()
  expect((await browser.call(ME.signOut())).status).toBe(200)
  expect(performance.now() - begin).toBeLessThan(1_000)
  expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  await expect.poll(() => heard.length, { timeout: 5_000 }).toBeGreaterThan(0)
  expect(heard.map(({ path }) => path)).toEqual(Array(heard.length).fill('/ends'))
  // others sign in and out meanwhile
  await world.rp.obtainTokens(world.browser(), 'clientConf', 'alice')
})

test('N197 LOGOUT - an address inside is none to be called at', async () => {
  const world = await openWorld({ closing: onTestFinished })
  const uris = [
    'http://127.0.0.1/x',
    'http://169.254.169.254/latest',
    'https://user:pw@rp.test/x',
    'javascript:x',
    'https://rp.test/x#y',
  ]
  for (const backchannelLogoutUri of uris) {
    const inside = application({ clientId: 'inside', type: 'web', settings: { backchannelLogoutUri } })
    expect((await faultsOf(world.place, withA({ applications: [inside] }))).join(), backchannelLogoutUri).toContain(
      'backchannelLogoutUri',
    )
  }
})
