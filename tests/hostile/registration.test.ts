import { describe, expect, onTestFinished, test } from 'vitest'
import { type Browser, redirectOf, stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { type Answer, codeOf, json } from './harness/http.ts'
import { MAIL_SINK, messagesOf, messagesTo } from './harness/mail.ts'
import { withA, withInstance } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { authorizationCode, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld, type World } from './harness/world.ts'
import { LOGIN, ME, PICK, REG, registrationForm } from './paths.ts'

const world = await openWorld({ env: MAIL_SINK })
const { rp, server } = world

/** At the form, by the way an application takes. */
const openForm = (browser: Browser, parameters = {}, clientId = 'clientConf') =>
  browser.open(rp.authorizePath(clientId, { prompt: 'create', ...parameters }))

/** The form was sent; the code of the mail. */
async function begin(browser: Browser, name: string, parameters = {}) {
  const request = await openForm(browser, parameters)
  const sent = await browser.call(REG.START(request, registrationForm(name)))
  expect(stepOf(sent)).toBe('verify_email')
  const [mail] = await messagesTo(server, `${name}@new.test`)
  return { request, code: mail!.code! }
}

const people = async ({ rows }: Pick<World, 'rows'> = world) => (await rows('select id from users')).length

/** Everything of an answer that could tell two addresses apart. */
function shapeOf({ status, headers, body }: Answer, address: string) {
  const { date: _date, 'x-request-id': _id, 'content-length': _length, 'set-cookie': _cookie, ...rest } = headers
  // seconds that passed between the two are no difference
  delete rest['retry-after']
  const text = body
    .replaceAll(address, 'ADDRESS')
    .replace(/("(?:retryAfter|endsIn|resendIn)":)\d+/g, '$1SOON')
    .replace(/"requestId":"[^"]+"/, '')
    .replace(/req_[0-9a-f]+/, '')
  return { status, headers: rest, text }
}

describe('N016 ENUM - an address that is taken looks like one that is free', () => {
  test.each(['bob@a.test', 'BOB@A.test', 'locked@a.test', 'deactivated@a.test', 'unverified@a.test'])(
    '%s: the same answers to the end, and a mail that says so',
    async (taken) => {
      const seen: unknown[] = []
      for (const address of [taken, `free-${taken.toLowerCase()}`]) {
        const browser = world.browser()
        const request = await openForm(browser)
        const call = async (action: Parameters<Browser['call']>[0]) =>
          shapeOf(await browser.call(action), address.toLowerCase())
        const answers = [await call(REG.START(request, { ...registrationForm('x'), email: address }))]
        for (let tries = 0; tries < 6; tries++) answers.push(await call(REG.VERIFY(request, 'no code')))
        answers.push(await call(REG.RESEND(request)), await call(LOGIN.get(request)), await call(REG.CHANGE(request)))
        seen.push(answers)
      }
      expect(seen[0]).toEqual(seen[1])
      const to = taken.toLowerCase()
      const [mail] = await messagesTo(server, to)
      expect(mail).toMatchObject({ kind: 'address_taken', code: null })
      expect(JSON.stringify(mail)).not.toMatch(/\b\d{6}\b/)
    },
  )
})

test('N047 CODE - only a code in its documented spellings counts', async () => {
  const browser = world.browser()
  const { request, code } = await begin(browser, 'n047')
  const number = Number(code)
  for (const other of [number, [code], { code }, null, true])
    expectRefused(await browser.call(REG.VERIFY(request, other)), 'invalid_input')
  const spellings = [`${code}0`, code.slice(0, 5), '1e5', `0x${number.toString(16)}`, `${code}${code}`]
  for (const other of spellings.slice(0, 4)) expectRefused(await browser.call(REG.VERIFY(request, other)), 'code_wrong')
  // full width, as some keyboards write it
  const wide = [...code].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('')
  expect((await browser.call(REG.VERIFY(request, ` ${wide} `))).status).toBe(200)
})

describe('N238 REG - where registration is off every route of it is refused', () => {
  const off = { registration: { isAllowed: false } }
  const everyRoute = (request: string) => [
    REG.BEGIN(request),
    REG.START(request, registrationForm('n238')),
    REG.CHANGE(request),
    REG.VERIFY(request, '123456'),
    REG.RESEND(request),
  ]

  test.each([
    ['in the instance', withInstance(off)],
    ['in the organization', withA({ policies: off })],
  ])('%s', async (_where, configuration) => {
    const closed = await openWorld({ env: MAIL_SINK, configuration, closing: onTestFinished })
    const browser = closed.browser()
    for (const prompt of ['create', 'login']) {
      const request = await browser.open(closed.rp.authorizePath('clientConf', { prompt }))
      expect(stepOf(await browser.call(LOGIN.get(request)))).toBe('identify')
      for (const call of everyRoute(request)) {
        const answer = await browser.call(call)
        expect(answer.status).toBe(403)
        expectRefused(answer, 'registration_closed')
      }
    }
    expect(await messagesOf(closed.server)).toEqual([])
  })

  test('switched off while somebody is at it', async () => {
    const own = await openWorld({ env: MAIL_SINK, closing: onTestFinished })
    const browser = own.browser()
    const request = await browser.open(own.rp.authorizePath('clientConf', { prompt: 'create' }))
    await browser.call(REG.START(request, registrationForm('late')))
    const [mail] = await messagesTo(own.server, 'late@new.test')
    const before = await people(own)
    await own.apply(withA({ policies: off }))
    for (const call of [...everyRoute(request), REG.VERIFY(request, mail!.code!)])
      expectRefused(await browser.call(call), 'registration_closed')
    expect(await people(own)).toBe(before)
  })
})

test('N222 ORG - registration goes where the scope says, and the code is for that organization only', async () => {
  const browser = world.browser()
  const scope = 'openid urn:vestibule:org:domain:primary:b.test'
  const { request, code } = await begin(browser, 'n222', { scope })
  const answer = await browser.call(REG.VERIFY(request, code))
  const claims = claimsOf(tokensOf(await rp.redeem('clientConf', authorizationCode(answer))).id_token)
  const [user] = await world.rows('select organization_id from users where subject = ?', claims.sub)
  const b = await world.organization('b.test')
  expect(user!.organization_id).toBe(b)
  // and whoever is of B does not get in where A was asked for
  const inA = { scope: 'openid urn:vestibule:org:domain:primary:a.test' }
  expect(errorOf(await rp.silently(browser, 'clientConf', inA))).toBe('login_required')
  const wanted = await browser.open(rp.authorizePath('clientConf', inA))
  expectRefused(await browser.call(PICK.select(wanted, String(claims.sid))), 'not_found')
  // no field of a request says where else
  for (const extra of [{ organization: b }, { organizationId: b }, { orgId: b }]) {
    const form = await openForm(browser)
    expectRefused(await browser.call(REG.START(form, { ...registrationForm('n222b'), ...extra })), 'invalid_input')
  }
})

test('N230 MGR - a form can not say what only we say', async () => {
  const browser = world.browser()
  const request = await openForm(browser)
  const more = [
    'emailVerified',
    'isEmailVerified',
    'id',
    'roles',
    'state',
    'passwordHash',
    'createdAt',
    'subject',
    'kind',
  ]
  await expectUnchanged(world, async () => {
    for (const name of more)
      expectRefused(
        await browser.call(REG.START(request, { ...registrationForm('n230'), [name]: true })),
        'invalid_input',
      )
  })
})

test('N239 REG - without accepting the terms as they stand nobody gets further', async () => {
  const links = { terms: 'https://a.test/terms', privacy: 'https://a.test/privacy', version: '2' }
  const own = await openWorld({
    env: MAIL_SINK,
    configuration: withA({ policies: { links } }),
    closing: onTestFinished,
  })
  const browser = own.browser()
  const request = await browser.open(own.rp.authorizePath('clientConf', { prompt: 'create' }))
  for (const accepted of [undefined, null, false, true, 'yes', 'true', '1', 'on', '', 2, ['2']])
    expectRefused(await browser.call(REG.START(request, { ...registrationForm('n239'), accepted })), 'invalid_input')
  expect(await messagesOf(own.server)).toEqual([])
  await browser.call(REG.START(request, { ...registrationForm('n239'), accepted: '2' }))
  const [mail] = await messagesTo(own.server, 'n239@new.test')
  const from = Date.now()
  expect((await browser.call(REG.VERIFY(request, mail!.code!))).status).toBe(200)
  const kept = await own.rows(
    'select document, version, link, language, accepted_at from acceptances order by document',
  )
  expect(kept).toMatchObject([
    { document: 'privacy', version: '2', link: links.privacy, language: 'en' },
    { document: 'terms', version: '2', link: links.terms, language: 'en' },
  ])
  for (const { accepted_at } of kept) expect(Math.abs(Number(accepted_at) - from)).toBeLessThan(5_000)
})

test('N241 REG - two that finish with one address at the same moment make one account', async () => {
  for (let round = 0; round < 5; round++) {
    const before = await people()
    const browsers = [world.browser(), world.browser()]
    const name = `n241-${round}`
    const requests = await Promise.all(browsers.map((browser) => openForm(browser)))
    const form = registrationForm(name)
    await Promise.all(requests.map((request, at) => browsers[at]!.call(REG.START(request, form))))
    const mails = await messagesTo(server, form.email, { atLeast: 2 })
    const codeFor = (request: string) => mails.find(({ link }) => link?.includes(request))!.code!
    const answers = await Promise.all(
      requests.map((request, at) => browsers[at]!.call(REG.VERIFY(request, codeFor(request)))),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    expectRefused(answers.find(({ status }) => status === 400)!, 'code_expired')
    expect(await people()).toBe(before + 1)
  }
})

describe('N243 REG - nobody is flooded', () => {
  test('a client that sends a thousand forms is stopped, and leaves few rows', async () => {
    const browser = world.browser()
    const request = await openForm(browser)
    const before = (await world.rows('select id from one_time_codes')).length
    let accepted = 0
    for (let at = 0; at < 200; at++) {
      const answer = await browser.call(REG.START(request, registrationForm(`n243-${at}`)))
      if (answer.status === 200) accepted++
      else expectRefused(answer, 'too_many_attempts')
      if (answer.status !== 200) break
      await browser.call(REG.CHANGE(request))
    }
    expect(accepted).toBeLessThanOrEqual(50)
    expect((await world.rows('select id from one_time_codes')).length).toBe(before)
  })

  test('one address gets a few mails, however often a code is asked for', async () => {
    const browser = world.browser()
    const { request } = await begin(browser, 'n243')
    for (let at = 0; at < 20; at++) expectRefused(await browser.call(REG.RESEND(request)), 'too_many_attempts')
    expect(await messagesTo(server, 'n243@new.test')).toHaveLength(1)
  })
})

test('N244 REG - the code for one address confirms no other', async () => {
  const browser = world.browser()
  const { request, code } = await begin(browser, 'n244')
  await browser.call(REG.CHANGE(request))
  expectRefused(await browser.call(REG.VERIFY(request, code)), 'wrong_step')
  const before = await people()
  await browser.call(REG.START(request, { ...registrationForm('n244'), email: 'victim@a.test' }))
  const [mail] = await messagesTo(server, 'victim@a.test')
  if (mail!.code !== code) expectRefused(await browser.call(REG.VERIFY(request, code)), 'code_wrong')
  expect(await people()).toBe(before)
})

describe('N247 EMAIL - the link of somebody else confirms nothing', () => {
  test('opened in a browser where mallory is signed in', async () => {
    const [nia, mallory] = [world.browser(), world.browser()]
    const { request, code } = await begin(nia, 'n247')
    await rp.obtainCode(mallory, 'clientConf', 'mallory')
    await mallory.get('/account')
    const who = json(await mallory.call(ME.profile())).id
    await expectUnchanged(world, async () => {
      for (const path of ['/verify', `/verify?code=${code}`, `/verify?request=${request}&code=${code}`])
        expect((await mallory.get(path)).status).toBe(200)
      expectRefused(await mallory.call(LOGIN.get(request)), 'request_not_found')
      expectRefused(await mallory.call(REG.VERIFY(request, code)), 'request_not_found')
    })
    expect(json(await mallory.call(ME.profile())).id).toBe(who)
    // it still works where it belongs
    expect((await nia.call(REG.VERIFY(request, code))).status).toBe(200)
  })

  test('a scanner that opens it, in every way it can, uses nothing up', async () => {
    const browser = world.browser()
    const { request, code } = await begin(browser, 'scanned')
    await expectUnchanged(world, async () => {
      for (const method of ['GET', 'HEAD'])
        for (const from of [browser, world.browser()]) await from.fetch({ method, path: `/verify?x=${code}` })
    })
    expect((await browser.call(REG.VERIFY(request, code))).status).toBe(200)
  })
})

describe('N248 EMAIL - no address says more than one address', () => {
  const payloads = [
    'a@e.test,bob@a.test',
    'a@e.test;bob@a.test',
    '"a@e.test"@a.test',
    'a@a.test<b@e.test>',
    'bob@a.test\r\nBcc: x@e.test',
    'bob@a.test%0d%0aBcc:x@e.test',
    'bob@a.test\u0000',
    '<bob@a.test>',
    'Bob <bob@a.test>',
    'bob@a.test (comment)',
    'group:bob@a.test;',
    '@a.test,@b.test:bob@c.test',
    'bob@a.test, eve@e.test',
    'bob@[192.0.2.1]',
    'bob@localhost',
    'bob@@a.test',
    '',
  ]
  test.each(payloads)('%j', async (email) => {
    const browser = world.browser()
    const request = await openForm(browser)
    const before = await messagesOf(server)
    const answer = await browser.call(REG.START(request, { ...registrationForm('n248'), email }))
    expectRefused(answer, 'invalid_input')
    expect(json(answer).fields).toHaveProperty('email')
    expect(await messagesOf(server)).toEqual(before)
  })
})

test('N251 EMAIL - one address in two spellings is one account', async () => {
  const browser = world.browser()
  const { request, code } = await begin(browser, 'n251')
  await browser.call(REG.VERIFY(request, code))
  const before = await people()
  for (const email of ['N251@New.Test', ' n251@new.test ', 'ｎ251@new.test', 'n251@NEW.TEST']) {
    const other = world.browser()
    const form = await openForm(other)
    expect(stepOf(await other.call(REG.START(form, { ...registrationForm('x'), email })))).toBe('verify_email')
  }
  const mails = await messagesTo(server, 'n251@new.test', { atLeast: 5 })
  expect(mails.map(({ kind }) => kind).toSorted()).toEqual([...Array(4).fill('address_taken'), 'verify_email'])
  expect(await people()).toBe(before)
  const again = world.browser()
  const login = await again.open(rp.authorizePath('clientConf'))
  const answer = await again.signIn(login, 'N251@new.TEST', registrationForm('x').newPassword)
  expect(redirectOf(answer).searchParams.has('code')).toBe(true)
})

test('N258 XSS - what a form holds is text wherever it is shown', async () => {
  const browser = world.browser()
  const payload = `<img src=x onerror=alert(1)>{{7*7}}"'`
  const request = await openForm(browser)
  const form = { ...registrationForm('n258'), givenName: payload, familyName: '</script><script>alert(1)' }
  await browser.call(REG.START(request, form))
  await browser.call(REG.CHANGE(request))
  const page = await browser.get(`/login/${request}`)
  expect(page.body).not.toContain('<img')
  expect(page.body).not.toContain('<script>alert')
})

test('N128 CSRF - nobody is registered from another site, or with a request of another browser', async () => {
  const [attacker, browser] = [world.browser(), world.browser()]
  const { request, code } = await begin(attacker, 'n128')
  await openForm(browser)
  const { path, body } = REG.VERIFY(request, code)
  for (const origin of ['https://evil.test', 'null'])
    for (const type of ['application/json', 'text/plain'])
      expectRefused(
        await attacker.fetch({
          method: 'POST',
          path,
          body: JSON.stringify(body),
          headers: { 'content-type': type, origin },
        }),
        'csrf_failed',
      )
  expectRefused(await browser.call(REG.VERIFY(request, code)), 'request_not_found')
  expect(errorOf(await rp.silently(browser, 'clientConf'))).toBe('login_required')
  // the attacker's own browser is the only one it works in
  expect(codeOf(await attacker.call(REG.VERIFY(request, code)))).toBeNull()
})

test('a code that is older than ten minutes, and a request older than an hour, make no account', async () => {
  const own = await openWorld({ env: MAIL_SINK, closing: onTestFinished })
  const browser = own.browser()
  const request = await browser.open(own.rp.authorizePath('clientConf', { prompt: 'create' }))
  await browser.call(REG.START(request, registrationForm('old')))
  const [mail] = await messagesTo(own.server, 'old@new.test')
  await letTimePass(own.rows, 601)
  expectRefused(await browser.call(REG.VERIFY(request, mail!.code!)), 'code_expired')
  await letTimePass(own.rows, 3_000)
  expectRefused(await browser.call(REG.VERIFY(request, mail!.code!)), 'request_expired')
})
