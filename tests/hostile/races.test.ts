import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, createBrowser, stepOf } from './harness/browser.ts'
import { type Answer, codeOf, json } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { authorizationCode, createRelyingParty, tokensOf } from './harness/relying-party.ts'
import { DATABASES, openSides, type Sides } from './harness/sides.ts'
import { discover } from './harness/world.ts'
import { LOGIN, ME, PICK } from './paths.ts'

const ROUNDS = 20

describe.each(DATABASES)('on %s', (database) => {
  let sides: Sides
  let parties: ReturnType<typeof createRelyingParty>[]
  beforeAll(async () => {
    sides = await openSides(database)
    const endpoints = await discover(sides.servers[0]!)
    parties = sides.servers.map((server) => createRelyingParty(server, endpoints))
  }, 60_000)
  afterAll(() => sides.close(), 30_000)

  const rp = () => parties[0]!
  const browser = () => createBrowser(sides.servers[0]!)
  /** The same thing this many times at once, in turns at every process. */
  const atOnce = (times: number, act: (side: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: times }, (_, at) => act(at % sides.servers.length)))
  const inBrowser = (of: Browser) => (side: number) => of.at(sides.servers[side]!)
  const succeeded = (answers: Answer[]) => answers.filter(({ status }) => status < 400)
  const codes = (answers: Answer[]) => new Set(answers.filter(({ status }) => status >= 400).map(codeOf))

  test('N155 PKCE - one of ten redemptions of a code succeeds, and what it got is dead', {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const code = await rp().obtainCode(browser(), 'clientConf', 'bob')
      const answers = await atOnce(10, (side) => parties[side]!.redeem('clientConf', code))
      expect(succeeded(answers)).toHaveLength(1)
      expect(codes(answers)).toEqual(new Set(['invalid_grant']))
      const { access_token, refresh_token } = tokensOf(succeeded(answers)[0]!)
      expect((await rp().userinfo(access_token)).status).toBe(401)
      expect(codeOf(await rp().refresh('clientConf', refresh_token))).toBe('invalid_grant')
    }
  })

  test('N164 TOKEN - of twenty refreshes with one token one succeeds, and no family forks', {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { refresh_token } = await rp().obtainTokens(browser(), 'clientConf', 'bob')
      const answers = await atOnce(20, (side) => parties[side]!.refresh('clientConf', refresh_token))
      expect(succeeded(answers).length).toBeLessThanOrEqual(1)
      expect(codes(answers)).toEqual(new Set(['invalid_grant']))
      for (const answer of succeeded(answers))
        expect(codeOf(await rp().refresh('clientConf', tokensOf(answer).refresh_token))).toBe('invalid_grant')
    }
    const live = await sides.rows(
      'select grant_id, count(*) as n from refresh_tokens where consumed_at is null group by grant_id having count(*) > 1',
    )
    expect(live).toEqual([])
  })

  test('N043 CODE - ten right passwords at once are one sign-in and one code', { timeout: 60_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const one = browser()
      const request = await one.open(rp().authorizePath('clientConf'))
      await one.call(LOGIN.START(request, 'bob'))
      const before = one.copy()
      const answers = await atOnce(10, (side) => inBrowser(before)(side).call(LOGIN.PW(request, passwordOf('bob'))))
      expect(succeeded(answers)).toHaveLength(1)
      authorizationCode(succeeded(answers)[0]!)
      for (const code of codes(answers))
        expect(['request_not_found', 'request_finished', 'wrong_step', 'invalid_credentials']).toContain(code)
      const sessions = await sides.rows(
        'select s.id from sessions s join auth_requests a on a.device_id = s.device_id where a.id = ?',
        request,
      )
      expect(sessions).toHaveLength(1)
    }
  })

  test('N040 LOCK - of a hundred wrong passwords at once as many are compared as the limit allows', {
    timeout: 60_000,
  }, async () => {
    for (const name of ['eve', 'nobody-here']) {
      const attackers = Array.from({ length: 100 }, browser)
      const requests = await Promise.all(
        attackers.map(async (attacker) => {
          const request = await attacker.open(rp().authorizePath('clientConf'))
          await attacker.call(LOGIN.START(request, name))
          return request
        }),
      )
      const answers = await Promise.all(
        attackers.map((attacker, at) =>
          attacker.at(sides.servers[at % sides.servers.length]!).call(LOGIN.PW(requests[at]!, `wrong ${at}`)),
        ),
      )
      const count = (code: string) => answers.filter((answer) => codeOf(answer) === code).length
      // the one that locked was compared as well
      expect([count('invalid_credentials'), count('too_many_attempts')]).toEqual([9, 91])
    }
    const rows = await sides.rows('select failures, total, locks from login_failures order by total')
    expect(rows.slice(-2)).toEqual(Array(2).fill({ failures: 0, total: 10, locks: 1 }))
  })

  test('N043 CODE - a finished login finishes once', { timeout: 60_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const one = browser()
      const request = await one.open(rp().authorizePath('clientAsking', { prompt: 'consent' }))
      expect(stepOf(await one.signIn(request, 'alice', passwordOf('alice')))).toBe('consent')
      const answers = await atOnce(10, (side) => inBrowser(one)(side).call(LOGIN.CONSENT(request, true)))
      expect(succeeded(answers)).toHaveLength(1)
      expect(codes(answers)).toEqual(new Set(['request_finished']))
    }
  })

  test('N121 SESS - a session is ended once, and never half', async () => {
    const [here, there] = [browser(), browser()]
    for (const one of [here, there]) {
      await rp().obtainCode(one, 'clientConf', 'grace')
      await one.get('/account')
    }
    const answers = await atOnce(10, (side) => inBrowser(here)(side).call(ME.endSession('others')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(answers.reduce((sum, answer) => sum + Number(json(answer).ended), 0)).toBe(1)
    expect((await there.call(ME.profile())).status).toBe(401)
  })

  test('N121 SESS - picking, signing in and signing out at once each get an answer, and no two wait for each other', {
    timeout: 60_000,
  }, async () => {
    const asking = rp().authorizePath('clientConf', { prompt: 'select_account' })
    for (let round = 0; round < ROUNDS; round++) {
      const one = browser()
      for (const name of ['bob', 'alice']) {
        const request = await one.open(asking)
        await one.call(LOGIN.RESTART(request, true))
        await one.signIn(request, name, passwordOf(name))
      }
      const [picker, own, typed] = [await one.open(asking), await one.open('/account'), await one.open(asking)]
      await one.call(LOGIN.START(typed, 'bob'))
      const { accounts } = json(await one.call(LOGIN.get(picker))).step
      const [alice, bob] = accounts.map(({ session }: { session: string }) => session)
      // so long ago that each use is noted
      const longAgo = new Date(Date.now() - 120_000)
      const value = database === 'SQLite' ? longAgo.getTime() : longAgo
      await sides.rows('update sessions set last_used_at = ? where id in (?, ?)', value, alice, bob)
      const calls = [
        PICK.select(own, bob),
        LOGIN.PW(typed, passwordOf('bob')),
        PICK.signOut(picker, 'all'),
        PICK.select(picker, bob),
        PICK.forget(own, alice),
        LOGIN.PW(typed, passwordOf('bob')),
        PICK.select(own, alice),
        PICK.signOut(own, bob),
      ]
      const before = one.copy()
      const answers = await Promise.all(
        calls.map((call, at) => inBrowser(before)(at % sides.servers.length).call(call)),
      )
      for (const answer of answers) expect(answer.status, answer.body).toBeLessThan(500)
    }
    if (database === 'PostgreSQL') {
      await sleep(2_000) // what a connection counted is told when it idles
      expect(await sides.rows('select deadlocks from pg_stat_database where datname = current_database()')).toEqual([
        { deadlocks: '0' },
      ])
    }
  })

  test('N298 OPS - the link of the first manager sets one password', async () => {
    const token = /#(vl_[\w-]+)/.exec(sides.servers.at(-1)!.news())?.[1] ?? ''
    // one each: the same one twice would be refused as one that was used before
    let number = 0
    const answers = await atOnce(10, (side) =>
      createBrowser(sides.servers[side]!).call({
        method: 'POST',
        path: '/api/password-setup',
        body: { token, newPassword: `canary password number ${number++}` },
      }),
    )
    expect(succeeded(answers)).toHaveLength(1)
    expect(codes(answers)).toEqual(new Set(['code_invalid']))
  })
})
