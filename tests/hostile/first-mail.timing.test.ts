import { Agent } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { createBrowser, stepOf } from './harness/browser.ts'
import { startMailProvider } from './harness/mail-provider.ts'
import { person, withA } from './harness/people.ts'
import { compareTimes, isSameTime, SAME_TIME, TOO_SMALL_TO_SEE } from './harness/same-time.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, RESET } from './paths.ts'

const provider = await startMailProvider()
afterAll(() => provider.stop())

const SAMPLES = 200
const WARM_UP = 40

/** So many that each is asked about once: a second mail within the hour would soon be over the caps, and no mail at all. */
const names = Array.from({ length: 2 * (WARM_UP + SAMPLES) }, (_, nth) => `p${nth}`)
const people = names.map((name) => ({ ...person({ name }), password: undefined }))
const world = await openWorld({
  env: { RATE_LIMIT_FACTOR: '100000', ...provider.env },
  configuration: withA({ users: people }),
})
const connection = new Agent({ keepAlive: true, maxSockets: 1 })

type Times = [asked: number, after: number]

/** Milliseconds until the answer to who asks for a reset, and to what they ask right after it. */
async function forget(name: string): Promise<Times> {
  const browser = createBrowser(world.server, { agent: connection })
  const request = await browser.open(world.rp.authorizePath('clientConf'))
  await browser.call(LOGIN.START(request, name))
  const begin = performance.now()
  expect(stepOf(await browser.call(RESET.START(request)))).toBe('reset_code')
  const middle = performance.now()
  await browser.call(RESET.LEAVE(request))
  return [middle - begin, performance.now() - middle]
}

/** Somebody's times and nobody's, taken in turns: those of the first answers compared, and those of the second ones. */
async function compare(some: readonly string[]) {
  const somebody: Times[] = []
  const nobody: Times[] = []
  for (const name of some) {
    somebody.push(await forget(name))
    nobody.push(await forget(`nobody-${name}`))
  }
  const nth = (all: Times[], at: 0 | 1) => all.slice(WARM_UP).map((times) => times[at])
  return ([0, 1] as const).map((at) => compareTimes(nth(somebody, at), nth(nobody, at)))
}

test('N014 ENUM - the making of a mail is seen neither in the answer nor in the next one', {
  timeout: 120_000,
}, async () => {
  const isSame = (found: Awaited<ReturnType<typeof compare>>) => found.every((one) => isSameTime(one, TOO_SMALL_TO_SEE))
  let found = await compare(names.slice(0, names.length / 2))
  // noise gets a second chance
  if (!isSame(found)) found = await compare(names.slice(names.length / 2))
  expect(isSame(found) ? SAME_TIME : found).toEqual(SAME_TIME)
  await expect.poll(() => provider.delivered.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(SAMPLES)
})
