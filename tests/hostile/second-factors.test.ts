import { describe, expect, test } from 'vitest'
import { totpCode } from '../support/totp.ts'
import { type Browser, stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { json } from './harness/http.ts'
import { passwordOf, WITHOUT_LOCKS } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, SECOND } from './paths.ts'

// what is guessed wrongly here waits no time
const world = await openWorld({ configuration: WITHOUT_LOCKS, env: { RATE_LIMIT_FACTOR: '100' } })
const { rp } = world

/** Somebody at the second step of a login. */
async function atSecond(browser: Browser, name: string, wishes: Record<string, string> = {}): Promise<string> {
  const request = await browser.open(rp.authorizePath('clientConf', wishes))
  const answer = await browser.signIn(request, name, passwordOf(name))
  expect(stepOf(answer)).toMatch(/second_factor$/)
  return request
}

/** Somebody who has set an authenticator app up. */
async function withApp(name: string) {
  const browser = world.browser()
  const request = await atSecond(browser, name, { acr_values: 'aal2' })
  const { secret } = json(await browser.call(SECOND.BEGIN(request))).step.totp
  const used = totpCode(secret)
  const { codes } = json(await browser.call(SECOND.CONFIRM(request, used))).step
  await browser.call(SECOND.KEEP(request))
  // and is at home in this browser
  await browser.get('/account')
  return { secret: secret as string, used, codes: codes as string[], browser }
}

const alice = await withApp('alice')
const grace = await withApp('grace')

describe('alice, who has an app', () => {
  const again = async (code: string) => {
    const browser = world.browser()
    return browser.call(SECOND.TOTP(await atSecond(browser, 'alice'), code))
  }

  test('N059, N061 MFA - the password alone opens nothing, whatever the policy forces', async () => {
    const browser = world.browser()
    const request = await atSecond(browser, 'alice')
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    expectRefused(await browser.call(ME.profile()), 'unauthenticated')
    expectRefused(await browser.call(ME.sessions()), 'unauthenticated')
    expect(errorOf(await rp.silently(browser, 'clientConf'))).toBe('login_required')
  })

  test('N072 MFA - who names somebody else at the second step begins with nothing', async () => {
    const browser = world.browser()
    const request = await atSecond(browser, 'alice')
    expect(stepOf(await browser.call(LOGIN.START(request, 'bob')))).toBe('first_factor')
    expectRefused(await browser.call(SECOND.TOTP(request, totpCode(alice.secret))), 'wrong_step')
  })

  test('N080 TOTP - the code that confirmed the app signs nobody in', async () => {
    expectRefused(await again(alice.used), 'code_wrong')
  })

  test('N078 TOTP - codes of other times are refused', async () => {
    for (const steps of [-10, -2, 2, 10]) expectRefused(await again(totpCode(alice.secret, steps)), 'code_wrong')
  })

  test('N075, N076 TOTP - a code is used once, and none before it is used after it', async () => {
    const next = totpCode(alice.secret, 1)
    expect((await again(next)).status).toBe(200)
    expectRefused(await again(next), 'code_wrong')
    expectRefused(await again(totpCode(alice.secret)), 'code_wrong')
  })

  test('N082 TOTP - neither secret nor codes are shown again', async () => {
    const answers = [await alice.browser.call({ method: 'GET', path: '/api/me/factors' })]
    answers.push(await alice.browser.call(ME.profile()))
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    for (const { body } of answers)
      for (const hidden of [alice.secret, 'otpauth:', ...alice.codes]) expect(body).not.toContain(hidden)
  })

  test('N067 MFA - after twenty minutes nothing of it is changed without a fresh proof', async () => {
    await letTimePass(world.rows, 1_200)
    const { factors } = json(await alice.browser.call({ method: 'GET', path: '/api/me/factors' }))
    for (const [path, body] of [
      ['factors/remove', { id: factors[0].id }],
      ['recovery-codes', {}],
      ['factors/totp', {}],
    ] as const)
      expectRefused(await alice.browser.call({ method: 'POST', path: `/api/me/${path}`, body }), 'reauth_required')
  })
})

describe('grace, who kept recovery codes', () => {
  const use = async (code: string) => {
    const browser = world.browser()
    return browser.call(SECOND.RECOVERY(await atSecond(browser, 'grace'), code))
  }

  test('N083 RCODE - a code works once, and nine are left', async () => {
    expect((await use(grace.codes[0]!)).status).toBe(200)
    expectRefused(await use(grace.codes[0]!), 'code_wrong')
    // alice has ten of her own
    expect(await world.rows('select code_hash from recovery_codes')).toHaveLength(19)
  })

  test('N084 RCODE - of ten who send one code at the same moment one comes through', async () => {
    const browsers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const browser = world.browser()
        return { browser, request: await atSecond(browser, 'grace') }
      }),
    )
    const answers = await Promise.all(
      browsers.map(({ browser, request }) => browser.call(SECOND.RECOVERY(request, grace.codes[1]!))),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('N086 RCODE - codes have eighty bits, and only keyed hashes of them are kept', async () => {
    const rows = JSON.stringify(await world.rows('select * from recovery_codes'))
    for (const code of grace.codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(rows).not.toContain(code.replaceAll('-', ''))
    }
  })
})

test('N062 MFA - a set-up that is forced is skipped by nothing', async () => {
  const browser = world.browser()
  const request = await atSecond(browser, 'bob', { acr_values: 'aal2' })
  expectRefused(await browser.call(SECOND.SKIP(request)), 'wrong_step')
  expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
})

test('N074 MFA - the answer to the password of somebody with a second factor holds nothing of them', async () => {
  const browser = world.browser()
  const request = await browser.open(rp.authorizePath('clientConf'))
  const { body } = await browser.signIn(request, 'alice', passwordOf('alice'))
  expect(body).not.toMatch(/code=|token|alice of the tests/)
})
