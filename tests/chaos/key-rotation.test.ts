import { setTimeout as sleep } from 'node:timers/promises'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { json, send } from '../hostile/harness/http.ts'
import { application, withA } from '../hostile/harness/people.ts'
import { type Tokens, tokensOf } from '../hostile/harness/relying-party.ts'
import { vestibule } from '../hostile/harness/server.ts'
import { openWorld, type World } from '../hostile/harness/world.ts'
import { isLong, isShort } from './seed.ts'

const SECONDS = isLong ? 600 : isShort ? 24 : 90
/** Of the whole, a second. */
const REQUESTS = 50
const VISITORS = 10
const CLIENT = 'clientRotating'
/** What the server says of its keys; the client keeps them twice as long, as some do. Seconds. */
const MAX_AGE = 5
const CACHED = 10

test('R9 N297 keys that change every two seconds under load make no client fail that keeps them for ten', {
  timeout: (SECONDS + 90) * 1000,
}, async () => {
  const settings = { accessTokenFormat: 'jwt', sessionRefreshToken: true }
  const world = await openWorld({
    configuration: withA({ applications: [application({ clientId: CLIENT, type: 'web', settings })] }),
    env: { KEYS_MAX_AGE: String(MAX_AGE), RATE_LIMIT_FACTOR: '100000' },
    closing: onTestFinished,
  })
  const client = createClient(world)
  const first: Tokens[] = []
  // one after the other: many sign-ins of one person at once would look like guessing
  while (first.length < VISITORS) first.push(await world.rp.obtainTokens(world.browser(), CLIENT, 'bob'))

  const end = performance.now() + SECONDS * 1000
  let requests = 0
  const visit = async (begun: Tokens) => {
    let tokens = begun
    while (performance.now() < end) {
      const next = performance.now() + (2 * VISITORS * 1000) / REQUESTS
      await client.verify(tokens.id_token)
      await client.verify(tokens.access_token)
      tokens = tokensOf(await world.rp.refresh(CLIENT, tokens.refresh_token))
      if ((await world.rp.userinfo(tokens.access_token)).status !== 200) client.failures.push('userinfo refused')
      requests += 2
      await sleep(Math.max(0, next - performance.now()))
    }
  }
  let rotations = 0
  const rotate = async () => {
    while (performance.now() < end) {
      await vestibule(world.place, 'keys', 'rotate')
      rotations++
      await sleep(2_000)
    }
  }
  await Promise.all([...first.map(visit), rotate()])

  expect(client.failures).toEqual([])
  expect(rotations).toBeGreaterThanOrEqual(3)
  expect(client.used.size, 'the keys did change').toBeGreaterThan(1)
  expect(requests).toBeGreaterThan(isShort ? SECONDS * 5 : SECONDS * REQUESTS * 0.8)
  console.log(
    `R9: ${requests} requests in ${SECONDS} s, ${rotations} rotations, ${client.used.size} keys used, ${client.fetched()} fetches of keys`,
  )
})

/** A relying party that asks for keys again when those it has are too old, and never because one is unknown. */
function createClient({ server, endpoints }: World) {
  let cached = { until: 0, keys: createLocalJWKSet({ keys: [] }) }
  let fetches = 0
  const used = new Set<string>()
  const failures: string[] = []
  async function keys() {
    if (performance.now() < cached.until) return cached.keys
    const answer = await send(server, { path: endpoints.JWKS })
    fetches++
    cached = { until: performance.now() + CACHED * 1000, keys: createLocalJWKSet(json(answer)) }
    return cached.keys
  }
  return {
    used,
    failures,
    fetched: () => fetches,
    async verify(token: string): Promise<void> {
      try {
        const { protectedHeader } = await jwtVerify(token, await keys(), { issuer: server.issuer })
        used.add(protectedHeader.kid!)
      } catch (error) {
        failures.push(String(error))
      }
    },
  }
}
