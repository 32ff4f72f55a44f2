import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json } from './harness/http.ts'
import { createGame, GAME } from './harness/native-client.ts'
import { CONFIGURATION, passwordOf, person, withA } from './harness/people.ts'
import { DATABASES, openSides, type Sides } from './harness/sides.ts'
import { openWorld } from './harness/world.ts'

const [{ applications, users }] = CONFIGURATION.organizations as [(typeof CONFIGURATION.organizations)[0]]
const PEOPLE = ['ann', 'ben'].map((name) => person({ name }))
const world = await openWorld({
  configuration: withA({
    applications: [...applications, GAME],
    users: [...users, ...PEOPLE],
    policies: { lockout: { maxFailures: 5 } },
  }),
})
const WRONG = 'no password of anybody'

/** A name and a password, in a conversation of their own. */
async function signIn(name: string, password: string) {
  const answer = await (await createGame(world.server)).begin({ identifier: name, password })
  return {
    status: answer.status,
    ...(json(answer) as { error?: string; problem?: string; authorization_code?: string }),
  }
}
async function signInByBrowser(name: string, password: string) {
  const browser = world.browser()
  return json(await browser.signIn(await browser.open(world.rp.authorizePath('clientConf')), name, password)) as {
    code?: string
  }
}

test('N051 LOCK - whom a manager locked or shut out comes in natively neither', async () => {
  const sessions = async () => (await world.rows('select id from sessions')).length
  const before = await sessions()
  for (const name of ['locked', 'deactivated']) {
    const answer = await signIn(name, passwordOf(name))
    expect([name, answer.authorization_code, answer.error]).toEqual([name, undefined, 'access_denied'])
  }
  expect(await world.rows('select * from authorization_codes')).toEqual([])
  expect((await sessions()) - before).toBeLessThanOrEqual(2)
})

test('N052 LOCK - wrong passwords said natively and in a browser are counted together', async () => {
  for (let at = 0; at < 3; at++) expect((await signIn('ann', WRONG)).problem).toBe('invalid_credentials')
  expect((await signInByBrowser('ann', WRONG)).code).toBe('invalid_credentials')
  await signInByBrowser('ann', WRONG)
  expect((await signInByBrowser('ann', passwordOf('ann'))).code).toBe('too_many_attempts')
  expect((await signIn('ann', passwordOf('ann'))).problem).toBe('too_many_attempts')
})

test('N052 LOCK - and so are names that nobody has', async () => {
  for (let at = 0; at < 5; at++) await signIn('nobody-at-all', WRONG)
  expect((await signIn('nobody-at-all', WRONG)).problem).toBe('too_many_attempts')
})

test('N052 LOCK - no other application of the organization may say passwords', async () => {
  const game = await createGame(world.server, 'clientNative')
  const answer = await game.begin({ identifier: 'ben', password: passwordOf('ben') })
  expect([answer.status, json(answer).error]).toEqual([400, 'unauthorized_client'])
  expect(await world.rows("select id from events where type = 'user.signed_in' and data like '%native%'")).toEqual([])
})

describe.each(DATABASES)('on %s', (database) => {
  let sides: Sides
  beforeAll(async () => {
    sides = await openSides(database, [GAME])
  }, 60_000)
  afterAll(() => sides.close(), 30_000)

  test('N043 CODE - ten right passwords with one auth session are one sign-in and one code', {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < 20; round++) {
      const game = await createGame(sides.servers[0]!)
      await game.begin({ identifier: 'bob' })
      const said = { auth_session: game.authSession(), password: passwordOf('bob') }
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, at) => game.say(said, sides.servers[at % sides.servers.length]!)),
      )
      const codes = answers.filter(({ status }) => status === 200)
      expect(codes).toHaveLength(1)
      const refused = answers.filter(({ status }) => status !== 200).map((answer) => json(answer).error)
      expect(new Set(refused)).toEqual(new Set(['invalid_session']))
    }
  })
})
