import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createBrowser, newAddress } from './harness/browser.ts'
import { codeOf, json, send, sendRaw } from './harness/http.ts'
import { openWorld } from './harness/world.ts'
import { DISCO, LOGIN } from './paths.ts'

const world = await openWorld()
const { server } = world
const ownHost = new URL(server.issuer).host

/** Wrong passwords for one name before the next one has to wait; and from one address for any name, within a quarter of an hour. */
const MOST_FOR_NAME = 5
const MOST_FOR_ADDRESS = 200

describe('N006 HOST - the issuer is what is configured, whatever a request calls this server', () => {
  test.each([
    'evil.test',
    `evil.test:${server.port}`,
    `${ownHost}.evil.test`,
    `${ownHost}@evil.test`,
    `evil.test/${ownHost}`,
    'localhost',
  ])('Host: %s', async (host) => {
    const answer = await send(server, { path: DISCO, headers: { host } })
    expect([400, 421]).toContain(answer.status)
    expect(answer.body).not.toContain('evil.test')
    expect(answer.headers['cache-control'] ?? 'no-store').toBe('no-store')
  })

  test.each([
    ['x-forwarded-host', 'evil.test'],
    ['x-forwarded-server', 'evil.test'],
    ['x-original-host', 'evil.test'],
    ['x-host', 'evil.test'],
    ['forwarded', 'host=evil.test;proto=http;for=evil.test'],
    ['x-forwarded-proto', 'javascript'],
    ['x-original-url', 'https://evil.test/'],
    ['x-rewrite-url', '/evil.test'],
  ])('%s: %s', async (name, value) => {
    for (const path of [DISCO, '/account', '/login/req_0', '/', world.rp.authorizePath('clientConf')]) {
      const answer = await send(server, { path, headers: { [name]: value } })
      const said = JSON.stringify(answer.headers) + answer.body
      expect(said).not.toContain('evil.test')
      expect(said).not.toContain('javascript:')
    }
    const metadata = json(await send(server, { path: DISCO, headers: { [name]: value } })) as Record<string, unknown>
    expect(metadata.issuer).toBe(server.issuer)
    for (const [member, at] of Object.entries(metadata).filter(([member]) => /_endpoint$|_uri$/.test(member)))
      expect(String(at).startsWith(`${server.issuer}/`), member).toBe(true)
  })

  test('pages that may use the passkeys of this host are those that the configuration names, whoever asks', async () => {
    const [shop, path] = ['https://shop.example', '/.well-known/webauthn']
    const related = await openWorld({ env: { RELATED_ORIGINS: shop }, closing: onTestFinished })
    const { issuer } = related.server
    const originsOf = (address: string, ...more: string[]) => [
      address,
      ...more,
      address.replace('localhost', 'login.a.test'),
    ]
    const expected = { origins: originsOf(issuer, shop) }
    for (const name of ['origin', 'referer', 'x-forwarded-host']) {
      const answer = await send(related.server, { path, headers: { [name]: 'https://evil.test' } })
      expect(answer.headers['content-type']).toBe('application/json')
      expect(json(answer)).toEqual(expected)
    }
    expect(json(await send(related.server, { path: `${path}?origin=https://evil.test` }))).toEqual(expected)
    const foreign = await send(related.server, { path, headers: { host: 'evil.test' } })
    expect([400, 421]).toContain(foreign.status)
    // and nothing else is open to them: a page of a shop does not sign in
    const headers = { origin: shop, 'content-type': 'application/json' }
    const posted = await send(related.server, {
      method: 'POST',
      path: '/api/login/req_0/passkey-options',
      body: '{}',
      headers,
    })
    expect([posted.status, codeOf(posted)]).toEqual([403, 'csrf_failed'])
    expect(json(await send(server, { path }))).toEqual({ origins: originsOf(server.issuer) })
  })

  test('an address in the request line, two hosts, no host', async () => {
    const requests = [
      `GET http://evil.test${DISCO} HTTP/1.1\r\nHost: ${ownHost}\r\nConnection: close\r\n\r\n`,
      `GET http://evil.test${DISCO} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
      `GET ${DISCO} HTTP/1.1\r\nHost: ${ownHost}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
      `GET ${DISCO} HTTP/1.1\r\nHost: evil.test\r\nHost: ${ownHost}\r\nConnection: close\r\n\r\n`,
      `GET ${DISCO} HTTP/1.1\r\nConnection: close\r\n\r\n`,
      `GET ${DISCO} HTTP/1.0\r\nConnection: close\r\n\r\n`,
    ]
    for (const request of requests) {
      const answer = await sendRaw(server, request)
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400|421) /)
      expect(answer).not.toContain('evil.test')
    }
  })
})

/** Wrong passwords until the server has enough of them. Out: how many it compared. */
async function guessUntilRefused(
  door: typeof server,
  most: number,
  headers: () => Record<string, string>,
  names: (at: number) => string,
) {
  const client = createBrowser(door)
  for (let at = 1; at <= most; at++) {
    const request = await client.open(world.rp.authorizePath('clientConf'))
    await client.call(LOGIN.START(request, names(at)), headers())
    const answer = await client.call(LOGIN.PW(request, 'a wrong password'), headers())
    if (answer.status !== 401) return { at, answer }
  }
  return { at: most + 1, answer: null }
}

describe('N008 HOST - invented addresses do not make new buckets', () => {
  test('behind one proxy the address that the proxy saw counts, whatever stands before it', async () => {
    const invented = () => ({ 'x-forwarded-for': `${newAddress()}, 10.1.2.3 , 198.51.100.7` })
    const { at, answer } = await guessUntilRefused(server, MOST_FOR_NAME + 5, invented, () => 'bob')
    expect(at).toBe(MOST_FOR_NAME + 1)
    expect(codeOf(answer!)).toBe('too_many_attempts')
    expect(Number(answer!.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('one address that tries many names is stopped as well', async () => {
    const invented = () => ({ 'x-forwarded-for': `${newAddress()},198.51.100.8` })
    const { at } = await guessUntilRefused(server, MOST_FOR_ADDRESS + 5, invented, (n) => `somebody${n}`)
    expect(at).toBe(MOST_FOR_ADDRESS + 1)
  })

  test('without a proxy the header is not read at all', async () => {
    const open = await openWorld({ env: { TRUSTED_PROXY_HOPS: '0' }, closing: onTestFinished })
    const invented = () => ({
      'x-forwarded-for': newAddress(),
      forwarded: `for=${newAddress()}`,
      'x-real-ip': newAddress(),
    })
    const { at } = await guessUntilRefused(open.server, MOST_FOR_ADDRESS + 5, invented, (n) => `nobody${n}`)
    expect(at).toBe(MOST_FOR_ADDRESS + 1)
  })
})

test('N265 SSRF - no header of a stranger makes the server call anybody', async () => {
  const called: string[] = []
  const upstream = createServer((socket) => {
    called.push(String(socket.remotePort))
    socket.destroy()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void upstream.close())
  await once(upstream, 'listening')
  const { port } = upstream.address() as { port: number }
  const browser = world.browser()
  const request = await browser.open(world.rp.authorizePath('clientConf'))
  for (const name of [
    'x-zitadel-forward-host',
    'x-zitadel-public-host',
    'x-forwarded-host',
    'x-forwarded-server',
    'x-original-host',
    'x-original-url',
    'x-rewrite-url',
    'x-upstream',
    'x-backend',
    'x-host',
    'forwarded',
    'referer',
    'destination',
  ])
    for (const value of [`127.0.0.1:${port}`, `http://127.0.0.1:${port}/`]) {
      const headers = { [name]: name === 'forwarded' ? `host=${value};proto=http` : value }
      for (const path of ['/', DISCO, '/account', `/login/${request}`, world.rp.authorizePath('clientConf')])
        expect((await browser.get(path, headers)).status).toBeLessThan(500)
      expect((await browser.call(LOGIN.START(request, 'bob'), headers)).status).toBe(200)
    }
  expect(called).toEqual([])
})

test.each([
  ',',
  'a',
  '[::',
  'x'.repeat(10_000),
  '',
  ' ',
  ',,,,',
  '127.0.0.1:80',
  '::ffff:1.2.3.4',
  'fe80::1%eth0',
  '0x7f.1',
  'null',
  '-',
  '%00',
])('N009 HOST - X-Forwarded-For %j is no way past the password', async (garbage) => {
  const browser = world.browser()
  const headers = { 'x-forwarded-for': garbage }
  const request = await browser.open(world.rp.authorizePath('clientConf'))
  await browser.call(LOGIN.START(request, `nobody${garbage.length}${garbage.charCodeAt(0) || 0}`), headers)
  const answer = await browser.call(LOGIN.PW(request, 'a wrong password'), headers)
  expect([answer.status, codeOf(answer)]).toEqual([401, 'invalid_credentials'])
})
