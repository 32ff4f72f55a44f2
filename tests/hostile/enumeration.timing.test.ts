import { Agent } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { createBrowser, stepOf } from './harness/browser.ts'
import { codeOf } from './harness/http.ts'
import { startMailProvider } from './harness/mail-provider.ts'
import { WITHOUT_LOCKS } from './harness/people.ts'
import { compareTimes, isSameTime, SAME_TIME, TOO_SMALL_TO_SEE } from './harness/same-time.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, REG, RESET, registrationForm } from './paths.ts'

/** Takes three seconds for each mail: nobody may wait for it. */
const provider = await startMailProvider({ delay: 3_000 })
afterAll(() => provider.stop())

/** Hashes at their real cost: what a person without an account is spared would show. */
const world = await openWorld({
  env: { ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', RATE_LIMIT_FACTOR: '100000', ...provider.env },
  configuration: WITHOUT_LOCKS,
})

const SAMPLES = 200
const WARM_UP = 20

type Arm = () => Promise<void>

/** Milliseconds of each arm, measured in turns. */
async function measure(arms: [Arm, Arm]): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < WARM_UP + SAMPLES; round++)
    for (const at of [0, 1] as const) {
      const begin = performance.now()
      await arms[at]()
      if (round >= WARM_UP) times[at].push(performance.now() - begin)
    }
  return times
}

/** Two arms that take the same time. Noise gets a second chance. */
async function expectSameTime(arms: [Arm, Arm], negligible = 0): Promise<void> {
  let found = compareTimes(...(await measure(arms)))
  if (!isSameTime(found, negligible)) found = compareTimes(...(await measure(arms)))
  expect(isSameTime(found, negligible) ? SAME_TIME : found).toEqual(SAME_TIME)
}

async function atPassword(name: string) {
  const browser = createBrowser(world.server, { agent: connection })
  const request = await browser.open(world.rp.authorizePath('clientConf'))
  await browser.call(LOGIN.START(request, name))
  return { browser, request }
}
const connection = new Agent({ keepAlive: true, maxSockets: 1 })

test('N012 ENUM - a wrong password takes the same time for a name that nobody has', { timeout: 180_000 }, async () => {
  const [bob, nobody] = [await atPassword('bob'), await atPassword('who')]
  const guess =
    ({ browser, request }: typeof bob): Arm =>
    async () => {
      expect(codeOf(await browser.call(LOGIN.PW(request, 'a wrong password')))).toBe('invalid_credentials')
    }
  const begin = performance.now()
  await guess(nobody)()
  expect(performance.now() - begin, 'a name that nobody has is hashed too').toBeGreaterThan(4)
  await expectSameTime([guess(bob), guess(nobody)])
})

test('N012 ENUM - so does asking for the next step', { timeout: 120_000 }, async () => {
  const { browser, request } = await atPassword('bob')
  const ask =
    (name: string): Arm =>
    async () => {
      expect((await browser.call(LOGIN.START(request, name))).status).toBe(200)
    }
  await expectSameTime([ask('bob'), ask('who')], TOO_SMALL_TO_SEE)
})

test('N016 ENUM - registering takes the same time with an address that has an account', {
  timeout: 180_000,
}, async () => {
  const register = async (email: string): Promise<Arm> => {
    const browser = createBrowser(world.server, { agent: connection })
    const request = await browser.open(world.rp.authorizePath('clientConf', { prompt: 'create' }))
    return async () => {
      expect(stepOf(await browser.call(REG.START(request, { ...registrationForm('nia'), email })))).toBe('verify_email')
      await browser.call(REG.CHANGE(request))
    }
  }
  await expectSameTime([await register('bob@a.test'), await register('nobody@a.test')], TOO_SMALL_TO_SEE)
})

test('N014 ENUM - asking for a new password takes the same time for a name that nobody has', {
  timeout: 180_000,
}, async () => {
  const forget = async (name: string): Promise<Arm> => {
    const { browser, request } = await atPassword(name)
    return async () => {
      expect(stepOf(await browser.call(RESET.START(request)))).toBe('reset_code')
      await browser.call(RESET.LEAVE(request))
    }
  }
  await expectSameTime([await forget('bob'), await forget('who')], TOO_SMALL_TO_SEE)
  await expect.poll(() => provider.tries).toBeGreaterThan(0)
})

test('N014 ENUM - so do a wrong code of it, and asking for another one too early', { timeout: 180_000 }, async () => {
  const tryCode = async (name: string): Promise<Arm> => {
    const { browser, request } = await atPassword(name)
    await browser.call(RESET.START(request))
    return async () => {
      expect(codeOf(await browser.call(RESET.CODE(request, 'ABCD-EFGH')))).toMatch(/^code_/)
      expect(codeOf(await browser.call(RESET.START(request)))).toBe('too_many_attempts')
    }
  }
  await expectSameTime([await tryCode('bob'), await tryCode('who')], TOO_SMALL_TO_SEE)
})

test('N016 ENUM - a wrong code, and asking for another one too early, take the same time at a registration', {
  timeout: 180_000,
}, async () => {
  const tryCode = async (email: string): Promise<Arm> => {
    const browser = createBrowser(world.server, { agent: connection })
    const request = await browser.open(world.rp.authorizePath('clientConf', { prompt: 'create' }))
    await browser.call(REG.START(request, { ...registrationForm('nia'), email }))
    return async () => {
      expect(codeOf(await browser.call(REG.VERIFY(request, '000000')))).toMatch(/^code_/)
      expect(codeOf(await browser.call(REG.RESEND(request)))).toBe('too_many_attempts')
    }
  }
  await expectSameTime([await tryCode('bob@a.test'), await tryCode('nobody@a.test')], TOO_SMALL_TO_SEE)
})
