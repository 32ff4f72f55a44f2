import { describe, expect, test } from 'vitest'
import { type Answer, json, send } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import type { Values } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { everyRead, everyWrite, LOGIN, ME } from './paths.ts'

const world = await openWorld()
const { rp, server } = world

const SQL = [
  "' or '1'='1",
  "bob'--",
  "'; drop table users; --",
  '" or ""="',
  '\\',
  "bob' union select * from credentials --",
  '%',
  '_%',
  'bob\u0000',
  "1' and sleep(5) --",
  "'||(select pg_sleep(5))||'",
  '?',
  '$1',
  ':name',
  '`',
  '\ud800',
]

describe('N267 INJ - text is never a query', () => {
  test.each(SQL)('%j', async (payload) => {
    const tables = Number((await world.rows('select count(*) as n from users'))[0]!.n)
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    const begin = performance.now()
    const answers: Answer[] = []
    const try_ = async (answer: Promise<Answer>) => void answers.push(await answer)

    await try_(browser.call(LOGIN.START(request, payload)))
    await try_(browser.call(LOGIN.PW(request, payload)))
    for (const call of [
      ...everyWrite(encodeURIComponent(payload.toWellFormed()), payload),
      ...everyRead(encodeURIComponent(payload.toWellFormed())),
    ])
      await try_(browser.call(call))
    const values = {
      client_id: payload,
      redirect_uri: payload,
      scope: payload,
      state: payload,
      nonce: payload,
      login_hint: payload,
      ui_locales: payload,
      claims: payload,
      id_token_hint: payload,
    }
    for (const [name, value] of Object.entries(values)) {
      const answer = await browser.get(rp.authorizePath('clientConf', { [name]: value }))
      expect(answer.status, name).toBeLessThan(500)
    }
    for (const headers of [
      { cookie: `__Host-vestibule=${encodeURIComponent(payload.toWellFormed())}` },
      { authorization: `Bearer ${encodeURIComponent(payload.toWellFormed())}` },
      { 'accept-language': payload.replace(/[^\x20-\x7e]/g, '') },
    ] as Values[])
      for (const path of ['/account', ME.profile().path, world.endpoints.USERINFO]) {
        const answer = await send(server, { path, headers })
        expect(answer.status, path).toBeLessThan(500)
      }
    for (const form of [
      { grant_type: payload },
      { grant_type: 'authorization_code', code: payload },
      { grant_type: 'refresh_token', refresh_token: payload },
    ] as Values[])
      await try_(rp.token('clientConf', form))
    await try_(
      rp.post(world.endpoints.TOKEN, {
        grant_type: 'refresh_token',
        refresh_token: 'x',
        client_id: payload,
        client_secret: payload,
      }),
    )

    for (const answer of answers) expect(answer.status, answer.body).toBeLessThan(500)
    const said = answers.map(({ body }) => body.replaceAll(JSON.stringify(payload).slice(1, -1), '')).join()
    expect(said).not.toMatch(/sqlite|syntax error|near "|postgres|pg_/i)
    expect(performance.now() - begin).toBeLessThan(4_000)
    expect(Number((await world.rows('select count(*) as n from users'))[0]!.n)).toBe(tables)
  })

  test('a name with signs of a pattern is not a pattern', async () => {
    for (const name of ['%', 'b%', 'bo_', 'BOB%', 'bob\u0000', 'bob*', '.*']) {
      const browser = world.browser()
      expectRefused(
        await browser.signIn(await browser.open(rp.authorizePath('clientConf')), name, passwordOf('bob')),
        'invalid_credentials',
        'invalid_input',
      )
    }
  })
})

describe('N269 INJ - members with a meaning to the language', () => {
  const evil = [
    '{"__proto__":{"isAdmin":true,"password":"x","identifier":"bob"}}',
    '{"constructor":{"prototype":{"isAdmin":true}}}',
    '{"identifier":"bob","__proto__":{"x":1}}',
    '{"session":"all","__proto__":null}',
    '{"toString":"x","valueOf":"x","hasOwnProperty":"x"}',
  ]
  test.each(evil)('%s', async (body) => {
    const browser = world.browser()
    await rp.obtainCode(browser, 'clientConf', 'bob')
    await browser.get('/account')
    const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
    await expectUnchanged(world, async () => {
      for (const { method, path } of everyWrite(request, 'ses_0'))
        expectRefused(
          await browser.fetch({
            method,
            path,
            body,
            headers: { 'content-type': 'application/json', origin: server.issuer },
          }),
          'invalid_input',
          'wrong_step',
        )
    })
    const claims = body.replace('"isAdmin"', '"sub"')
    expect((await browser.get(rp.authorizePath('clientConf', { claims, prompt: 'none' }))).status).toBe(302)
    const me = json(await browser.call(ME.profile()))
    expect(me.isAdmin).toBeUndefined()
    expect((await browser.call(LOGIN.START(request, 'bob'))).status).toBe(200)
  })
})
