import { describe, expect, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { type Answer, codeOf, json } from './harness/http.ts'
import { messagesOf, messagesTo, NOTHING_COMES } from './harness/mail.ts'
import { passwordOf, person, withA } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { errorOf } from './harness/relying-party.ts'
import { forgetting, mailTo, NEW_PASSWORD, openResetWorld, partsOf } from './harness/reset.ts'
import { LOGIN, ME, RESET } from './paths.ts'

const world = await openResetWorld('ann ben cat dan eli fay gil hal jon kim lea max ned ola pam quy ray sam tom zoe')
const { rp, server } = world
const { atPassword, begin, atNewPassword, opens, everyPassword } = forgetting(world)

describe('N001 HOST - no header of a request gets into the mail of a reset', () => {
  test.each([
    ['x-forwarded-host', 'evil.test'],
    ['x-forwarded-server', 'evil.test'],
    ['x-original-host', 'evil.test'],
    ['x-host', 'evil.test'],
    ['forwarded', 'host=evil.test;proto=http'],
    ['x-original-url', 'https://evil.test/'],
    ['referer', 'https://evil.test/'],
    ['user-agent', 'https://evil.test/ <a href="https://evil.test/">'],
    ['accept-language', 'evil.test'],
  ])('%s', async (name, value) => {
    const { browser, request } = await atPassword('ann')
    const plain = await atPassword('ann')
    const answer = await browser.call(RESET.START(request), { [name]: value })
    expect(answer.status).toBe((await plain.browser.call(RESET.START(plain.request))).status)
    for (const { text, html, subject, link } of await messagesTo(server, mailTo('ann'))) {
      expect(`${text}${html}${subject}`).not.toContain('evil.test')
      expect(new URL(link!).origin).toBe(server.issuer)
    }
    expect(answer.body + JSON.stringify(answer.headers)).not.toContain('evil.test')
    for (const table of ['one_time_codes', 'outbox_messages', 'auth_requests', 'events'])
      expect(JSON.stringify(await world.rows(`select * from ${table}`))).not.toContain('evil.test')
    // five an hour
    await letTimePass(world.rows, 3_600)
  })
})

test('N003 HOST - the scheme of the link is the configured one', async () => {
  for (const value of ['http', 'javascript', 'data', 'http, https']) {
    const { browser, request } = await atPassword('ben')
    await browser.call(RESET.START(request), { 'x-forwarded-proto': value, 'x-forwarded-scheme': value })
  }
  const links = (await messagesTo(server, mailTo('ben'), { atLeast: 4 })).map(({ link }) => link!)
  expect(links).toHaveLength(4)
  for (const link of links) expect(link).toMatch(/^https:\/\/localhost:\d+\/reset#vl_[\w-]{43}$/)
})

test('N005 HOST - under a name that is not ours nothing is begun and nothing sent', async () => {
  const { browser, request } = await atPassword('cat')
  const before = await messagesOf(server)
  for (const host of ['login.a.test', 'a.test', 'b.test'])
    expect([400, 421]).toContain((await browser.call(RESET.START(request), { host })).status)
  expect(await messagesOf(server)).toEqual(before)
})

test('N005 HOST - at the login domain of A people of B are nobody, and links of A’s people lead there', async () => {
  const there = { port: server.port, issuer: server.issuer.replace('localhost', 'login.a.test') }
  const reset = async (name: string) => {
    const browser = world.browser().at(there)
    const request = await browser.open(rp.authorizePath('clientConf'))
    const started = stepOf(await browser.call(LOGIN.START(request, name)))
    return [started, stepOf(await browser.call(RESET.START(request)))]
  }
  const before = await messagesOf(server)
  const expected = await reset('nobody@b.test')
  expect(await reset('carol@b.test')).toEqual(expected)
  expect(await reset(mailTo('zoe'))).toEqual(expected)
  const [{ link } = { link: '' }] = await messagesTo(server, mailTo('zoe'), { atLeast: 1 })
  expect(new URL(link!).origin).toBe(there.issuer)
  expect(await messagesOf(server)).toHaveLength(before.length + 1)
})

describe('N023 RESET - a code opens once, and sets once', () => {
  test('a second new password is not set, and the code is no code any more', async () => {
    const { browser, request, code } = await atNewPassword('dan')
    expect(stepOf(await browser.call(RESET.SET(request, NEW_PASSWORD)))).toBe('first_factor')
    expectRefused(await browser.call(RESET.SET(request, 'another lighthouse keeper 43')), 'wrong_step')
    expectRefused(await browser.call(RESET.CODE(request, code)), 'wrong_step')
    await browser.call(RESET.START(request))
    expectRefused(await browser.call(RESET.CODE(request, code)), 'code_wrong')
    expect([await opens('dan', NEW_PASSWORD), await opens('dan', 'another lighthouse keeper 43')]).toEqual([
      true,
      false,
    ])
  })

  test('nor by the link, before or after the code', async () => {
    const { browser, request, code, token } = await begin('eli')
    expect((await world.browser().call(RESET.BY_LINK(token, NEW_PASSWORD))).status).toBe(200)
    expectRefused(await world.browser().call(RESET.BY_LINK(token, 'another lighthouse keeper 43')), 'code_invalid')
    expectRefused(await world.browser().call(RESET.LOOK(token)), 'code_invalid')
    expectRefused(await browser.call(RESET.CODE(request, code)), 'wrong_step')
    expect(await opens('eli', NEW_PASSWORD)).toBe(true)
  })
})

test('N043 RESET - of twenty that set a password at once one does', async () => {
  const { browser, request } = await atNewPassword('fay')
  const passwordsSet = async () => (await world.rows(`select id from events where type = 'user.password_set'`)).length
  const before = await passwordsSet()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => browser.copy().call(RESET.SET(request, `canary lighthouse keeper ${at}`))),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const answer of answers)
    if (answer.status !== 200) expectRefused(answer, 'code_invalid', 'wrong_step', 'request_not_found')
  expect(await passwordsSet()).toBe(before + 1)
  const notices = await messagesTo(server, mailTo('fay'), { kind: 'password_reset', atLeast: 2, within: NOTHING_COMES })
  expect(notices).toHaveLength(1)
})

test('N024 RESET - a second after its time a code opens nothing, and nothing changes', async () => {
  const { browser, request, code, token } = await begin('gil')
  await letTimePass(world.rows, 601)
  await expectUnchanged(world, async () => expectRefused(await browser.call(RESET.CODE(request, code)), 'code_expired'))
  await letTimePass(world.rows, 1_200)
  await expectUnchanged(world, async () => {
    expectRefused(await world.browser().call(RESET.LOOK(token)), 'code_invalid')
    expectRefused(await world.browser().call(RESET.BY_LINK(token, NEW_PASSWORD)), 'code_invalid')
  })
  expect(await opens('gil', passwordOf('gil'))).toBe(true)
})

test('N025 RESET - it is no login: no session, no token, and the new password is asked for', async () => {
  const { browser, request } = await atNewPassword('hal')
  const sessions = async () => (await world.rows('select id from sessions')).length
  const before = await sessions()
  const answer = await browser.call(RESET.SET(request, NEW_PASSWORD))
  expect(json(answer).step).toMatchObject({ kind: 'first_factor', methods: expect.arrayContaining(['password']) })
  expect(answer.setCookie).toEqual([])
  expect(await sessions()).toBe(before)
  expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
  expect(errorOf(await rp.silently(browser, 'clientConf'))).toBe('login_required')
})

describe('N027 RESET - without a code nothing is set', () => {
  test.each(['first_factor', 'identify', 'reset_code'])('at the step %s', async (step) => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    if (step !== 'identify') await browser.call(LOGIN.START(request, 'ida'))
    if (step === 'reset_code') await browser.call(RESET.START(request))
    expect(stepOf(await browser.call(LOGIN.get(request)))).toBe(step)
    const before = await everyPassword()
    expectRefused(await browser.call(RESET.SET(request, NEW_PASSWORD)), 'wrong_step')
    expectRefused(await browser.call(LOGIN.CHANGE_PW(request, NEW_PASSWORD)), 'wrong_step')
    expect(await everyPassword()).toEqual(before)
  })

  test('nor with what is no code, of whatever kind', async () => {
    const { browser, request, code } = await begin('jon')
    for (const other of ['', null, [], {}, true, 0, 12345678, [code], { code }, undefined])
      expectRefused(await browser.call(RESET.CODE(request, other)), 'invalid_input')
    expectRefused(await browser.call(RESET.CODE(request, 'undefined')), 'code_wrong')
    for (const length of [1, 2, 3])
      expectRefused(await browser.call(RESET.CODE(request, code.slice(0, length))), 'code_wrong')
    // each of the four was an attempt
    expect(json(await browser.call(LOGIN.get(request))).step).toMatchObject({ kind: 'reset_code', triesLeft: 1 })
    expect(stepOf(await browser.call(RESET.CODE(request, code)))).toBe('new_password')
  })

  test('the hash of a token that is stored is no token', async () => {
    await begin('kim')
    const rows = await world.rows('select code_hash, link_hash from one_time_codes')
    await expectUnchanged(world, async () => {
      for (const { code_hash, link_hash } of rows.slice(-2))
        for (const stored of [String(code_hash), String(link_hash), `vl_${link_hash}`, `vl_${'A'.repeat(43)}`, 'vl_'])
          expectRefused(await world.browser().call(RESET.BY_LINK(stored, NEW_PASSWORD)), 'code_invalid')
    })
  })
})

test('N029 RESET - whoever was signed in is not any more, what was granted is over, and the owner hears of it', async () => {
  const browsers = [world.browser(), world.browser()]
  const tokens = []
  for (const browser of browsers) {
    tokens.push(await rp.obtainTokens(browser, 'clientConf', 'lea', { scope: 'openid offline_access' }))
    await browser.get('/account')
    expect((await browser.call(ME.profile())).status).toBe(200)
  }
  const { browser, request } = await atNewPassword('lea')
  await browser.call(RESET.SET(request, NEW_PASSWORD))
  for (const [at, { refresh_token, access_token }] of tokens.entries()) {
    expectRefused(await browsers[at]!.call(ME.profile()), 'unauthenticated')
    expect(errorOf(await rp.silently(browsers[at]!, 'clientConf'))).toBe('login_required')
    expect(codeOf(await rp.refresh('clientConf', refresh_token))).toBe('invalid_grant')
    expect((await rp.userinfo(access_token)).status).toBe(401)
  }
  const [notice] = await messagesTo(server, mailTo('lea'), { kind: 'password_reset' })
  expect(`${notice!.text}${notice!.html}${notice!.subject}`).not.toContain(NEW_PASSWORD)
})

test('N030 RESET - a new code ends the one before, and its link', async () => {
  const first = await begin('max')
  await letTimePass(world.rows, 31)
  const { browser, request } = first
  expect(stepOf(await browser.call(RESET.START(request)))).toBe('reset_code')
  const [mail] = await messagesTo(server, mailTo('max'), { atLeast: 2 })
  expectRefused(await browser.call(RESET.CODE(request, first.code)), 'code_wrong')
  expectRefused(await world.browser().call(RESET.BY_LINK(first.token, NEW_PASSWORD)), 'code_invalid')
  expect(stepOf(await browser.call(RESET.CODE(request, partsOf(mail!).code)))).toBe('new_password')
})

test('N032 RESET - the code of one opens nothing of another', async () => {
  const [ned, ola] = [await begin('ned'), await begin('ola')]
  expectRefused(await ola.browser.call(RESET.CODE(ola.request, ned.code)), 'code_wrong')
  expectRefused(await ola.browser.call(RESET.LINK(ola.request, ned.token)), 'code_invalid')
  for (const more of [{ userId: 'usr_0' }, { identifier: 'ola' }, { loginName: 'ola' }])
    expectRefused(
      await ned.browser.call({ ...RESET.CODE(ned.request, ned.code), body: { code: ned.code, ...more } }),
      'invalid_input',
    )
  // somebody else is named where a code was right
  expect(stepOf(await ned.browser.call(RESET.CODE(ned.request, ned.code)))).toBe('new_password')
  await ned.browser.call(LOGIN.START(ned.request, 'ola'))
  expectRefused(await ned.browser.call(RESET.SET(ned.request, NEW_PASSWORD)), 'wrong_step')
  expectRefused(await ned.browser.call(RESET.SET(ned.request, NEW_PASSWORD, { userId: 'usr_0' })), 'invalid_input')
  expect([await opens('ned', passwordOf('ned')), await opens('ola', passwordOf('ola'))]).toEqual([true, true])
})

test('N034 RESET - nothing that is asked for brings the code along', async () => {
  const { browser, request } = await atPassword('pam')
  const wishes = [
    { sendCode: false },
    { returnCode: true },
    { delivery: 'return' },
    { identifier: 'pam' },
    { email: 'e@e.test' },
  ]
  for (const wish of wishes) expectRefused(await browser.call(RESET.START(request, wish)), 'invalid_input')
  expect(await messagesTo(server, mailTo('pam'), { within: NOTHING_COMES })).toEqual([])
  const call = RESET.START(request)
  const answer = await browser.call({ ...call, path: `${call.path}?returnCode=true&delivery=return` })
  const [mail] = await messagesTo(server, mailTo('pam'))
  const { code, token } = partsOf(mail!)
  const said = answer.body + JSON.stringify(answer.headers) + (await browser.call(LOGIN.get(request))).body
  for (const secret of [code, code.replace('-', ''), token]) {
    expect(said).not.toContain(secret)
    expect(server.log() + server.news()).not.toContain(secret)
  }
})

test('N035 RESET - fifty from as many addresses are five mails, alike to the asker, and the owner gets in', async () => {
  const answers: Answer[] = []
  for (let nth = 0; nth < 50; nth++) {
    const { browser, request } = await atPassword('quy')
    answers.push(await browser.call(RESET.START(request)))
  }
  const shapes = answers.map(({ status, body }) => `${status} ${body.replace(/req_[0-9a-f]+/, '')}`)
  expect(new Set(shapes).size).toBe(1)
  expect(await messagesTo(server, mailTo('quy'), { atLeast: 6, within: NOTHING_COMES })).toHaveLength(5)
  expect(await opens('quy', passwordOf('quy'))).toBe(true)
})

describe('N037 RESET - nobody who may not come in gets a password', () => {
  test.each(['deactivated', 'locked'])('%s before it is asked for: no mail', async (state) => {
    const { browser, request } = await atPassword(state)
    expect(stepOf(await browser.call(RESET.START(request)))).toBe('reset_code')
    expect(await messagesTo(server, mailTo(state), { within: NOTHING_COMES })).toEqual([])
    expectRefused(await browser.call(RESET.CODE(request, 'ABCD-EFGH')), 'code_wrong')
  })

  test.each([
    ['deactivated', { state: 'deactivated' }, 'ray'],
    ['locked', { state: 'locked' }, 'sam'],
  ])('%s with the code in hand', async (_state, change, name) => {
    const [open, proven] = [await begin(name), await atNewPassword(name)]
    const { password: _password, ...who } = person({ name })
    await world.apply(withA({ applications: [], users: [{ ...who, ...change }] }))
    const before = await everyPassword()
    expectRefused(await open.browser.call(RESET.CODE(open.request, open.code)), 'code_wrong', 'code_expired')
    expectRefused(await world.browser().call(RESET.LOOK(open.token)), 'code_invalid')
    expectRefused(await world.browser().call(RESET.BY_LINK(open.token, NEW_PASSWORD)), 'code_invalid')
    expectRefused(await proven.browser.call(RESET.SET(proven.request, NEW_PASSWORD)), 'wrong_step')
    expect(await everyPassword()).toEqual(before)
  })
})

test('N038 RESET - the page of the link tells nobody where it was opened, and opening it spends nothing', async () => {
  const { browser, request, code, token } = await begin('tom')
  await expectUnchanged(world, async () => {
    for (const method of ['GET', 'HEAD', 'GET'])
      for (const path of ['/reset', `/reset?token=${token}`, `/reset?code=${code}`]) {
        const answer = await world.browser().fetch({ method, path })
        expect([answer.status, answer.headers['referrer-policy']]).toEqual([200, 'no-referrer'])
        expect(answer.headers['cache-control']).toContain('no-store')
        expect(answer.body).not.toContain(mailTo('tom'))
        expect(answer.body).not.toMatch(/(src|href)="(https?:)?\/\/(?!localhost)/)
      }
    for (let times = 0; times < 3; times++) expect((await world.browser().call(RESET.LOOK(token))).status).toBe(200)
  })
  expect(server.log() + server.news()).not.toContain(token.slice(0, 20))
  expect(stepOf(await browser.call(RESET.CODE(request, code)))).toBe('new_password')
})
