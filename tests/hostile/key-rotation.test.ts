import { setTimeout as sleep } from 'node:timers/promises'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { json, send } from './harness/http.ts'
import { application, withA } from './harness/people.ts'
import { tokensOf } from './harness/relying-party.ts'
import { vestibule } from './harness/server.ts'
import { openWorld } from './harness/world.ts'

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA']
const MAX_AGE = 1
const SECONDS = process.env.CHAOS_LONG ? 60 : 10

test('N297 FAULT - keys that change every two seconds make nobody fail to verify', {
  timeout: (SECONDS + 60) * 1000,
}, async () => {
  const applications = ALGORITHMS.map((idTokenAlgorithm) =>
    application({
      clientId: `client${idTokenAlgorithm}`,
      type: 'web',
      settings: { idTokenAlgorithm, accessTokenFormat: 'jwt' },
    }),
  )
  const world = await openWorld({
    configuration: withA({ applications }),
    env: { KEYS_MAX_AGE: String(MAX_AGE) },
    closing: onTestFinished,
  })
  const { server, endpoints, rp } = world

  /** A relying party that keeps keys as long as it was told to, twice over. */
  let cached = { until: 0, verify: createLocalJWKSet({ keys: [] }) }
  async function keys() {
    if (performance.now() >= cached.until) {
      const answer = await send(server, { path: endpoints.JWKS })
      expect(answer.headers['cache-control']).toBe(`public, max-age=${MAX_AGE}`)
      cached = {
        until: performance.now() + 2 * MAX_AGE * 1000,
        verify: createLocalJWKSet(json(answer) as JSONWebKeySet),
      }
    }
    return cached.verify
  }

  const end = performance.now() + SECONDS * 1000
  const used = new Set<string>()
  const counts = { verified: 0, rotations: 0 }
  const failures: string[] = []

  async function verify(token: string): Promise<void> {
    try {
      const { protectedHeader } = await jwtVerify(token, await keys(), { issuer: server.issuer })
      used.add(protectedHeader.kid!)
      counts.verified++
    } catch (error) {
      failures.push(String(error))
    }
  }
  const signIn = async (algorithm: string) => {
    const clientId = `client${algorithm}`
    return { clientId, first: await rp.obtainTokens(world.browser(), clientId, 'bob') }
  }
  const visit = async ({ clientId, first }: Awaited<ReturnType<typeof signIn>>) => {
    let tokens = first
    while (performance.now() < end) {
      await verify(tokens.id_token)
      await verify(tokens.access_token)
      if ((await rp.userinfo(tokens.access_token)).status !== 200) failures.push('userinfo refused')
      tokens = tokensOf(await rp.refresh(clientId, tokens.refresh_token))
      await sleep(50)
    }
  }
  const rotate = async () => {
    while (performance.now() < end) {
      await vestibule(world.place, 'keys', 'rotate')
      counts.rotations++
      await sleep(2_000)
    }
  }
  // one after the other: of many sign-ins of one person at the same moment some have to wait
  const visitors = []
  for (const algorithm of [...ALGORITHMS, ...ALGORITHMS]) visitors.push(await signIn(algorithm))
  await Promise.all([...visitors.map(visit), rotate()])

  expect(failures).toEqual([])
  expect(counts.rotations).toBeGreaterThanOrEqual(3)
  expect(counts.verified).toBeGreaterThan(200)
  expect(used.size, 'the keys did change').toBeGreaterThan(ALGORITHMS.length)
})
