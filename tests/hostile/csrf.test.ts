import { describe, expect, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { codeOf, json } from './harness/http.ts'
import { passwordOf } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { everyRead, everyWrite, LOGIN, ME } from './paths.ts'

const world = await openWorld()
const { rp, server } = world
const { host } = new URL(server.issuer)

/** Somebody signed in, with a second login half done: everything there is to abuse. */
async function victim() {
  const browser = world.browser()
  await rp.obtainCode(browser, 'clientConf', 'bob')
  await browser.get('/account')
  const sessions = json(await browser.call(ME.sessions())).sessions as { id: string; current: boolean }[]
  const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login' }))
  return { browser, request, session: sessions.find(({ current }) => current)!.id }
}

const asForm = (body: object) =>
  new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)])).toString()

describe('N125 CSRF - another site makes the browser write', () => {
  const ORIGINS = [
    'https://evil.test',
    `https://${host}.evil.test`,
    `http://${host}`,
    'null',
    `https://evil.test:${server.port}`,
    `https://user@${host}`,
    '',
    `${server.issuer}/`,
    server.issuer.toUpperCase(),
    undefined,
  ]

  test.each(ORIGINS)('as JSON with Origin %s', async (origin) => {
    const { browser, request, session } = await victim()
    await expectUnchanged(world, async () => {
      for (const { method, path, body } of everyWrite(request, session)) {
        const headers = { 'content-type': 'application/json', ...(origin === undefined ? {} : { origin }) }
        expectRefused(await browser.fetch({ method, path, body: JSON.stringify(body), headers }), 'csrf_failed')
      }
    })
    expect((await browser.call(ME.profile())).status).toBe(200)
  })

  const encodings: [string, (body: object) => string][] = [
    ['application/x-www-form-urlencoded', asForm],
    [
      'multipart/form-data; boundary=x',
      (body) => `--x\r\ncontent-disposition: form-data; name="json"\r\n\r\n${JSON.stringify(body)}\r\n--x--\r\n`,
    ],
    ['text/plain', (body) => JSON.stringify(body)],
    ['text/plain; charset=application/json', (body) => JSON.stringify(body)],
    ['application/jsonp', (body) => JSON.stringify(body)],
  ]
  test.each(encodings)('as %s', async (type, encode) => {
    const { browser, request, session } = await victim()
    await expectUnchanged(world, async () => {
      for (const { method, path, body } of everyWrite(request, session))
        for (const origin of ['https://evil.test', server.issuer])
          expectRefused(
            await browser.fetch({
              method,
              path,
              body: encode(body as object),
              headers: { 'content-type': type, origin },
            }),
            'csrf_failed',
            'unsupported_media_type',
          )
    })
    expect((await browser.call(ME.profile())).status).toBe(200)
  })
})

describe('N128 CSRF - signing a browser in as somebody else', () => {
  test('from another site', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    await browser.call(LOGIN.START(request, 'mallory'))
    const { path } = LOGIN.PW(request, '')
    for (const type of ['application/json', 'text/plain'])
      expectRefused(
        await browser.fetch({
          method: 'POST',
          path,
          body: JSON.stringify({ password: passwordOf('mallory') }),
          headers: { 'content-type': type, origin: 'https://evil.test' },
        }),
        'csrf_failed',
      )
    expect(errorOf(await rp.silently(browser, 'clientConf'))).toBe('login_required')
  })

  test('with a request that was opened in another browser', async () => {
    const [attacker, browser] = [world.browser(), world.browser()]
    const request = await attacker.open(rp.authorizePath('clientConf'))
    await attacker.call(LOGIN.START(request, 'mallory'))
    await browser.open(rp.authorizePath('clientConf'))
    const page = await browser.get(`/login/${request}`)
    expect(page.status).toBe(404)
    expectRefused(await browser.call(LOGIN.PW(request, passwordOf('mallory'))), 'request_not_found')
    expect(stepOf(await attacker.call(LOGIN.get(request)))).toBe('first_factor')
  })
})

describe('N130 CSRF - a GET changes nothing, whatever it says it is', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('%s at every endpoint that writes', async (method) => {
    const { browser, request, session } = await victim()
    await expectUnchanged(world, async () => {
      for (const { method: right, path, body } of everyWrite(request, session)) {
        // some addresses are read with GET
        const isRight =
          method === right || (method !== 'PATCH' && everyRead(request).some((call) => call.path === path))
        if (isRight) continue
        const answer = await browser.fetch({
          method,
          path: `${path}?${asForm(body as object)}&_method=POST`,
          headers: {
            origin: server.issuer,
            'content-type': 'application/json',
            'x-http-method-override': 'POST',
            'x-method-override': 'POST',
            'x-http-method': 'POST',
          },
          ...(method === 'GET' || method === 'HEAD'
            ? {}
            : { body: JSON.stringify({ ...(body as object), _method: 'POST' }) }),
        })
        expect(answer.status, path).toBe(405)
        expect(answer.headers.allow).toContain(`${right}, `)
      }
    })
  })

  test('a POST that says it is something else is a POST', async () => {
    const { browser, request } = await victim()
    const { path, body } = LOGIN.START(request, 'bob')
    const answer = await browser.call({ method: 'POST', path, body }, { 'x-http-method-override': 'DELETE' })
    expect(answer.status).toBe(200)
    expect(codeOf(await browser.call({ method: 'POST', path: LOGIN.get(request).path, body: {} }))).toBe(
      'method_not_allowed',
    )
  })
})
