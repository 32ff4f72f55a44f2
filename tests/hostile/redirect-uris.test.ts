import { describe, expect, test } from 'vitest'
import { pageOf } from './harness/browser.ts'
import type { Answer } from './harness/http.ts'
import { REDIRECT_URI } from './harness/people.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world

/** An error page of ours: no way out of it, and no link to what was asked for. */
function expectOwnErrorPage(answer: Answer, refused?: string): void {
  expect(answer.status, answer.headers.location).toBe(400)
  expect(answer.headers.location).toBeUndefined()
  expect(answer.headers.refresh).toBeUndefined()
  expect(pageOf(answer)?.kind).toBe('error')
  expect(answer.body).not.toMatch(/http-equiv=.?refresh/i)
  if (refused) expect(answer.body).not.toContain(refused)
}

/** The same request by both methods. */
async function ask(clientId: string, parameters: Record<string, string>): Promise<Answer[]> {
  const query = rp.authorizePath(clientId, parameters)
  return [await world.browser().get(query), await rp.post(rp.endpoints.AUTHZ, query.slice(query.indexOf('?') + 1))]
}

const WRONG = [
  'https://rp.test.evil.test/cb',
  'https://rp.test/cb/../evil',
  'https://rp.test/cb%2f..%2f',
  'https://rp.test/cb?x=1',
  'https://rp.test/cb?',
  'https://rp.test/cb#x',
  'https://rp.test/CB',
  'HTTPS://RP.TEST/cb',
  'https://rp.test:443/cb',
  'https://rp.test/cb/',
  'https://rp.test//cb',
  'https://rp.test/./cb',
  'https://rp.test/%63b',
  'https://user@rp.test/cb',
  'https://evil.test\\@rp.test/cb',
  'https://rp.test./cb',
  'http://rp.test/cb',
  '//rp.test/cb',
  '/cb',
  'rp.test/cb',
  ' https://rp.test/cb',
  'https://rp.test/cb ',
  'https://rp.test/cb\u0000',
  'https://rp.test/cb\r\nLocation: https://evil.test',
  'https://rp.test/cb\u00a0',
  'https://rр.test/cb',
  'javascript:alert(1)',
  'data:text/html,x',
  'null',
]

test.each(WRONG)('N134 REDIR - redirect_uri %j is not the registered one', async (redirect_uri) => {
  const isTelling = redirect_uri.length > 8 && redirect_uri.trim() !== REDIRECT_URI
  for (const answer of await ask('clientConf', { redirect_uri }))
    expectOwnErrorPage(answer, isTelling ? redirect_uri : undefined)
})

describe('N136 REDIR - redirect_uri more than once', () => {
  const evil = encodeURIComponent('https://evil.test/cb')
  test.each([
    ['good then evil', `&redirect_uri=${evil}`],
    ['the same twice', `&redirect_uri=${encodeURIComponent(REDIRECT_URI)}`],
    ['and an empty one', '&redirect_uri='],
  ])('%s', async (_kind, more) => {
    for (const path of [
      rp.authorizePath('clientConf') + more,
      rp.authorizePath('clientConf').replace('?', `?${more.slice(1)}&`),
    ])
      expectOwnErrorPage(await world.browser().get(path), 'evil.test')
  })

  test('as a list it is another parameter', async () => {
    const query = rp.authorizePath('clientConf').replace('redirect_uri=', 'redirect_uri[]=')
    expectOwnErrorPage(await world.browser().get(query))
    const beside = await world.browser().get(`${rp.authorizePath('clientConf')}&redirect_uri[]=${evil}`)
    expect(beside.headers.location).toMatch(/^\/login\//)
  })

  test('in the query of a POST', async () => {
    const path = rp.authorizePath('clientConf')
    expectOwnErrorPage(
      await rp.post(`${rp.endpoints.AUTHZ}?redirect_uri=${evil}`, path.slice(path.indexOf('?') + 1)),
      'evil.test',
    )
  })

  test('client_id twice', async () => {
    expectOwnErrorPage(await world.browser().get(`${rp.authorizePath('clientConf')}&client_id=rp1`))
  })
})

test.each(['clientConf', 'clientSeveral', 'clientPub', 'clientNative'])(
  'N137 REDIR - %s: redirect_uri is never guessed',
  async (clientId) => {
    for (const prompt of ['', 'none'])
      for (const answer of await ask(clientId, { redirect_uri: '', prompt })) expectOwnErrorPage(answer)
  },
)

describe('N138 REDIR - only the port of a loopback literal varies, and only for native applications', () => {
  const native = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }
  test.each(['http://127.0.0.1/cb', 'http://127.0.0.1:5000/cb', 'http://127.0.0.1:65535/cb', 'org.example.app:/cb'])(
    '%s is accepted',
    async (redirect_uri) => {
      expect(
        (await world.browser().get(rp.authorizePath('clientNative', { ...native, redirect_uri }))).headers.location,
      ).toMatch(/^\/login\//)
    },
  )

  test.each([
    'http://localhost:5000/cb',
    'http://127.0.0.1.evil.test/cb',
    'http://127.0.0.1.evil.test:5000/cb',
    'http://127.1/cb',
    'http://[::1]/cb',
    'http://[::1]:5000/cb',
    'http://127.0.0.2:5000/cb',
    'http://2130706433/cb',
    'http://0x7f.0.0.1/cb',
    'http://127.0.0.1:5000/other',
    'http://127.0.0.1:5000/cb?x=1',
    'http://127.0.0.1:5000/cb/',
    'http://127.0.0.1:5000@evil.test/cb',
    'http://127.0.0.1:99999/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:x/cb',
    'https://127.0.0.1:5000/cb',
    'http://127.0.0.1:5000#/cb',
    'org.example.app://evil.test/cb',
  ])('%s is not', async (redirect_uri) => {
    for (const answer of await ask('clientNative', { ...native, redirect_uri }))
      expectOwnErrorPage(answer, redirect_uri)
  })

  test('a web application has no such port', async () => {
    for (const answer of await ask('clientConf', { redirect_uri: 'http://127.0.0.1:5000/cb' }))
      expectOwnErrorPage(answer)
  })
})

describe('N142 REDIR - a bad address in a row is refused at use as well', () => {
  const bad = [
    'javascript:alert(1)',
    'http://rp.test/cb',
    'data:text/html,x',
    'https://rp.test/*',
    'https://user:pw@rp.test/cb',
    'https://rp.test/cb#x',
    'https://rp.test\\@evil.test/',
    'ftp://rp.test/cb',
    'custom:/cb',
  ]

  test.each(bad)('%s', async (uri) => {
    await world.rows(
      'update applications set redirect_uris = ?, post_logout_redirect_uris = ? where client_id = ?',
      JSON.stringify([uri]),
      JSON.stringify([uri]),
      'rp2',
    )
    for (const prompt of ['', 'none'])
      expectOwnErrorPage(await world.browser().get(rp.authorizePath('rp2', { redirect_uri: uri, prompt })), uri)
    const query = new URLSearchParams({ client_id: 'rp2', post_logout_redirect_uri: uri })
    const out = await world.browser().get(`${world.endpoints.ENDSESSION}?${query}`)
    expect(out.headers.location).toBeUndefined()
    expect(out.body).not.toContain(uri)
  })
})
