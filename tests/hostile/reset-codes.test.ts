import { describe, expect, onTestFinished, test } from 'vitest'
import { codeOf } from './harness/http.ts'
import { MAIL_SINK, messagesOf } from './harness/mail.ts'
import { passwordOf, withA, withInstance } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { forgetting, NEW_PASSWORD, openResetWorld } from './harness/reset.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, RESET } from './paths.ts'

const world = await openResetWorld('una vic wes xia zoe')
const { atPassword, begin, atNewPassword, opens } = forgetting(world)

test('N039 CODE - after five wrong ones the right one is refused like a wrong one', async () => {
  const { browser, request, code } = await begin('una')
  const codes: (string | null)[] = []
  for (let tries = 0; tries < 6; tries++)
    codes.push(codeOf(await browser.call(RESET.CODE(request, `AAAA-000${tries}`))))
  expect(codes).toEqual([...Array(4).fill('code_wrong'), ...Array(2).fill('code_expired')])
  const [right, wrong] = [
    await browser.call(RESET.CODE(request, code)),
    await browser.call(RESET.CODE(request, 'AAAA-0009')),
  ]
  expect(right.body.replace(/"requestId":"[^"]+"/, '')).toBe(wrong.body.replace(/"requestId":"[^"]+"/, ''))
})

test('N040 CODE - of a hundred wrong ones at once five are looked at', async () => {
  const { browser, request, code } = await begin('vic')
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, at) => browser.copy().call(RESET.CODE(request, `AAAA-${1000 + at}`))),
  )
  expect(answers.filter((answer) => codeOf(answer) === 'code_wrong')).toHaveLength(4)
  expect(answers.filter((answer) => codeOf(answer) === 'code_expired')).toHaveLength(96)
  const stored = await world.rows('select attempts from one_time_codes where flow = ?', request)
  expect(stored).toEqual([{ attempts: 5 }])
  expectRefused(await browser.call(RESET.CODE(request, code)), 'code_expired')
})

test('N042 CODE - in another flow of the same person, or another browser, a code is no code', async () => {
  const { request, code, token } = await begin('wes')
  const other = await begin('wes')
  expectRefused(await other.browser.call(RESET.CODE(other.request, code)), 'code_wrong')
  expectRefused(await other.browser.call(RESET.LINK(other.request, token)), 'code_invalid')
  for (const call of [RESET.CODE(request, code), RESET.LINK(request, token), RESET.SET(request, NEW_PASSWORD)])
    expectRefused(await other.browser.call(call), 'request_not_found')
})

test('N045 CODE - codes and links are nowhere but in the mail', async () => {
  const { code, token } = await begin('xia')
  const tables = await world.rows(`select name from sqlite_master where type = 'table'`)
  for (const { name } of tables) {
    const stored = JSON.stringify(await world.rows(`select * from ${name}`))
    for (const secret of [code, code.replace('-', ''), token]) expect(stored, String(name)).not.toContain(secret)
  }
})

test('N051 LOCK - a lock after failures closes the password and not the way to a new one, which opens it', async () => {
  for (let at = 0; at < 12; at++) {
    await world.rows('update login_failures set wait_ends_at = null')
    await opens('zoe', 'no password of anybody')
  }
  expect(await opens('zoe', passwordOf('zoe'))).toBe(false)
  const { browser, request } = await atNewPassword('zoe')
  await browser.call(RESET.SET(request, NEW_PASSWORD))
  expect(await opens('zoe', NEW_PASSWORD)).toBe(true)
})

test('N058 LOCK - tries of links and codes from one address end', async () => {
  const browser = world.browser()
  const statuses: number[] = []
  for (let nth = 0; nth < 101; nth++) statuses.push((await browser.call(RESET.LOOK(`vl_${'A'.repeat(43)}`))).status)
  expect(statuses.indexOf(429)).toBe(100)
  const { request } = await atPassword('bob', browser)
  await browser.call(RESET.START(request))
  expectRefused(await browser.call(RESET.CODE(request, 'ABCD-EFGH')), 'too_many_attempts')
  expect((await browser.call(LOGIN.START(request, 'bob'))).status).toBe(200)
})

describe('N238 RESET - where a policy wants none, every path refuses', () => {
  test.each([
    ['no resets in the instance', withInstance({ login: { allowPasswordReset: false } })],
    ['no resets in the organization', withA({ policies: { login: { allowPasswordReset: false } } })],
    ['no passwords in the organization', withA({ policies: { login: { allowPassword: false } } })],
  ])('%s', async (_where, wanted) => {
    const own = await openWorld({ env: MAIL_SINK, closing: onTestFinished })
    const they = forgetting(own)
    const [open, other] = [await they.begin('bob'), await they.atNewPassword('alice')]
    await own.apply(wanted)
    const sent = (await messagesOf(own.server)).length
    const before = await they.everyPassword()
    expectRefused(await open.browser.call(RESET.CODE(open.request, open.code)), 'wrong_step')
    expectRefused(await open.browser.call(RESET.LINK(open.request, open.token)), 'wrong_step')
    expectRefused(await open.browser.call(RESET.START(open.request)), 'forbidden', 'wrong_step')
    expectRefused(await other.browser.call(RESET.SET(other.request, NEW_PASSWORD)), 'wrong_step')
    for (const call of [RESET.LOOK(open.token), RESET.BY_LINK(open.token, NEW_PASSWORD)])
      expectRefused(await own.browser().call(call), 'code_invalid')
    const askAs = async (name: string) => {
      const { browser, request } = await they.atPassword(name)
      return browser.call(RESET.START(request))
    }
    expectRefused(await askAs('bob'), 'forbidden', 'wrong_step')
    // what an organization shows to strangers may be some seconds old
    await expect.poll(async () => (await askAs('nobody-at-all')).status, { timeout: 8_000 }).toBeGreaterThanOrEqual(400)
    expectRefused(await askAs('nobody-at-all'), 'forbidden', 'wrong_step')
    expect(await they.everyPassword()).toEqual(before)
    expect(await messagesOf(own.server)).toHaveLength(sent)
  })
})
