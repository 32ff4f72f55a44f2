import { describe, expect, test } from 'vitest'
import { newAddress } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { codeOf, json } from './harness/http.ts'
import { CONFIGURATION, passwordOf, person, withA } from './harness/people.ts'
import { authorizationCode, tokensOf } from './harness/relying-party.ts'
import { vestibule } from './harness/server.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME } from './paths.ts'

const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'eli', 'fay', 'gus', 'hob'].map((name, at) => ({
  ...person({ name }),
  phone: `+4930000000${at}`,
  phoneVerified: true,
}))
const users = [...CONFIGURATION.organizations[0]!.users, ...PEOPLE]
const world = await openWorld({
  env: { ANOMALY_ACCOUNTS: '150' },
  configuration: withA({ users, policies: { lockout: { maxFailures: 5 } } }),
})

/** One guess from an address of its own, in a browser of its own. */
async function guess(name: string, password = 'no password of anybody', address = newAddress()) {
  const browser = world.browser(address)
  const request = await browser.open(world.rp.authorizePath('clientConf'))
  const answer = await browser.signIn(request, name, password)
  return { browser, request, answer, code: answer.status === 200 ? 'in' : String(codeOf(answer)) }
}
const lock = async (name: string) => {
  for (let at = 0; at < 5; at++) await guess(name)
}
const eventsOf = (type: string) => world.rows('select * from events where type = ?', type)

describe('N049 LOCK - all names of one person share one counter', () => {
  test('whatever the order, the fifth locks, and the right password opens nothing by any name', async () => {
    const codes: string[] = []
    for (const name of ['ann', 'ANN', ' Ann ', 'ann@a.test', 'Ann@A.Test']) codes.push((await guess(name)).code)
    expect(codes).toEqual([...Array(4).fill('invalid_credentials'), 'too_many_attempts'])
    for (const name of ['+49 (30) 000 000-0', 'ann', 'ann@a.test'])
      expect((await guess(name, passwordOf('ann'))).code).toBe('too_many_attempts')
  })

  test('nor does asking for the organization give another counter', async () => {
    for (let at = 0; at < 5; at++) {
      const browser = world.browser()
      const scope = at % 2 ? 'openid' : 'openid urn:vestibule:org:domain:primary:a.test'
      await browser.signIn(await browser.open(world.rp.authorizePath('clientConf', { scope })), 'ben', 'wrong')
    }
    expect((await guess('ben', passwordOf('ben'))).code).toBe('too_many_attempts')
  })
})

describe('N049 LOCK - the present password on the account pages is guessed at by the same counter', () => {
  const atHome = async (name: string) => {
    const { browser } = await guess(name, passwordOf(name))
    await browser.get('/account')
    return browser
  }
  const change = (from: string) => ME.changePassword(from, 'canary lighthouse keeper 42')

  test('three here and two at the sign-in lock, and a thief of the session gets no further', async () => {
    const thief = await atHome('gus')
    for (let at = 0; at < 3; at++) expect(codeOf(await thief.call(change('a guess')))).toBe('invalid_credentials')
    for (let at = 0; at < 2; at++) await guess('gus')
    expect(codeOf(await thief.call(change(passwordOf('gus'))))).toBe('too_many_attempts')
    expect((await guess('gus', passwordOf('gus'))).code).toBe('too_many_attempts')
  })

  test('of fifty at once five are compared', async () => {
    const thief = await atHome('hob')
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => thief.copy().call(change(`guess ${at}`))))
    const codes = answers.map(codeOf)
    // the fifth was compared as well, and began the lock
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(4)
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(46)
    expect((await guess('hob', passwordOf('hob'))).code).toBe('too_many_attempts')
  })
})

test('N051 LOCK - while it lasts no guess makes a session, by a name, a picked account or a new proof', async () => {
  const { browser } = await guess('cat', passwordOf('cat'))
  await lock('cat')
  const sessions = async () => (await world.rows('select id, checks from sessions')).length
  const before = await sessions()
  for (const [name, value] of [
    ['prompt', 'login'],
    ['max_age', '0'],
  ] as const) {
    const request = await browser.open(world.rp.authorizePath('clientConf', { [name]: value }))
    expect(json(await browser.call(LOGIN.get(request))).step).toMatchObject({
      kind: 'first_factor',
      methods: ['passkey'],
    })
    expect(codeOf(await browser.call(LOGIN.PW(request, passwordOf('cat'))))).toBe('too_many_attempts')
    expect(codeOf(await browser.signIn(request, 'cat', passwordOf('cat')))).toBe('too_many_attempts')
  }
  expect((await guess('cat', passwordOf('cat'))).code).toBe('too_many_attempts')
  expect(await sessions()).toBe(before)
})

test('N051 LOCK - a lock by failures is no lock by a manager: told of every name, and only the owner’s guesses stop', async () => {
  const { answer } = await guess('locked', passwordOf('locked'))
  expect(json(answer).step).toMatchObject({ kind: 'denied', reason: 'locked' })
  await lock('locked')
  expect((await guess('locked', passwordOf('locked'))).code).toBe('too_many_attempts')
})

test('N054 LOCK - a hundred wrong passwords: the owner stays in, hears of it once, and the end is known', async () => {
  const browser = world.browser()
  const tokens = tokensOf(
    await world.rp.redeem(
      'clientConf',
      await world.rp.obtainCode(browser, 'clientConf', 'dan', { scope: 'openid offline_access' }),
    ),
  )
  await browser.get('/account')
  const answers: string[] = []
  for (let at = 0; at < 100; at++) answers.push((await guess('dan')).code)
  expect(answers.slice(4)).toEqual(Array(96).fill('too_many_attempts'))

  authorizationCode(await browser.get(world.rp.authorizePath('clientConf')))
  expect((await browser.call(ME.profile())).status).toBe(200)
  expect((await world.rp.refresh('clientConf', tokens.refresh_token)).status).toBe(200)
  const mails = await world.rows(
    `select * from outbox_messages where kind = 'account_locked' and recipient = 'dan@a.test'`,
  )
  expect(mails).toHaveLength(1)

  const { answer } = await guess('dan', passwordOf('dan'))
  const wait = Number(answer.headers['retry-after'])
  expect(wait).toBeGreaterThan(800)
  expect(wait).toBeLessThanOrEqual(900)
  await letTimePass(world.rows, wait)
  expect((await guess('dan', passwordOf('dan'))).code).toBe('in')
})

test('N054 LOCK - an operator opens it beside the running server', async () => {
  await lock('eli')
  expect((await guess('eli', passwordOf('eli'))).code).toBe('too_many_attempts')
  await vestibule(world.place, 'user', 'unlock', 'eli')
  expect((await guess('eli', passwordOf('eli'))).code).toBe('in')
})

test('N052 LOCK - there is no other way in where passwords are compared', async () => {
  const body = JSON.stringify({ checks: { user: { loginName: 'bob' }, password: { password: passwordOf('bob') } } })
  const headers = { 'content-type': 'application/json', origin: world.server.issuer }
  for (const path of [
    '/api/sessions',
    '/api/login',
    '/v2/sessions',
    '/oauth/v2/session',
    '/zitadel.session.v2.SessionService/CreateSession',
  ])
    expect((await world.browser().fetch({ method: 'POST', path, body, headers })).status, path).toBe(404)
  const grant = { grant_type: 'password', username: 'bob', password: passwordOf('bob') }
  expect(codeOf(await world.rp.token('clientConf', grant))).toBe('unsupported_grant_type')
})

describe('N056 LOCK - credential stuffing', () => {
  test('five hundred people from one address: it ends at two hundred', async () => {
    const address = newAddress()
    const codes: string[] = []
    for (let at = 0; at < 500; at++) codes.push((await guess(`stuffed${at}`, 'one password', address)).code)
    expect(codes).toEqual([...Array(200).fill('invalid_credentials'), ...Array(300).fill('too_many_attempts')])
  }, 60_000)

  test('five hundred people from as many addresses: each is looked at, and those who run the instance hear of it once', async () => {
    await letTimePass(world.rows, 900)
    const before = (await eventsOf('anomaly.noticed')).length
    for (let at = 0; at < 500; at++) expect((await guess(`spread${at}`)).code).toBe('invalid_credentials')
    expect((await eventsOf('anomaly.noticed')).length - before).toBe(1)
    const mails = await world.rows(`select recipient from outbox_messages where kind = 'anomaly'`)
    expect(new Set(mails.map(({ recipient }) => recipient))).toEqual(new Set(['root@a.test']))
  }, 60_000)

  test('a right password after many failures is marked, and its owner hears of it', async () => {
    await lock('fay')
    await letTimePass(world.rows, 900)
    expect((await guess('fay', passwordOf('fay'))).code).toBe('in')
    const [event] = (await eventsOf('user.signed_in')).slice(-1)
    expect(JSON.parse(String(event!.data))).toEqual({ factor: 'password', failures: 5 })
    const mails = await world.rows(`select recipient from outbox_messages where kind = 'login_after_failures'`)
    expect(mails.map(({ recipient }) => recipient)).toContain('fay@a.test')
  })
})

test('N054 LOCK - neither names nor passwords of a guess are stored or logged', async () => {
  await guess('a-name-to-find@a.test', 'a-password-to-find')
  for (const table of ['login_failures', 'rate_buckets', 'events', 'outbox_messages'])
    expect(JSON.stringify(await world.rows(`select * from ${table}`))).not.toMatch(/to-find/)
  expect(world.server.log() + world.server.news()).not.toMatch(/a-password-to-find/)
})
