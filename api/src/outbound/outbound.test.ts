import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { OutboundRefused } from '../domain/outbound-refused.ts'
import { createOutbound } from './outbound.ts'
import { isPublicAddress } from './special-addresses.ts'

const outbound = createOutbound({ allowLoopback: false })
const atHome = createOutbound({ allowLoopback: true, patience: 500 })

async function serve(answer: http.RequestListener): Promise<{ origin: string; asked: () => number }> {
  let asked = 0
  const server = http.createServer((request, response) => {
    asked++
    answer(request, response)
  })
  server.on('connection', () => asked++)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
}

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '100::1',
  'localhost',
  '',
])('N263 %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '193.99.144.80', '2606:4700::1111', '2a00:1450:4001::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test.each([
  'https://127.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://10.0.0.1/',
  'https://0.0.0.0/',
  'https://0/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::ffff:127.0.0.1]/',
  'https://localhost/',
  'https://sub.localhost/',
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'https://user:pw@example.com/',
])('N263 %s is refused', async (url) => {
  await expect(outbound({ url })).rejects.toThrow(OutboundRefused)
})

test('N263 nobody on this machine sees a connection', async () => {
  const { origin, asked } = await serve((_request, response) => response.end('hello'))
  const { port } = new URL(origin)
  for (const url of [origin, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `http://localhost:${port}/`])
    await expect(outbound({ url })).rejects.toThrow(OutboundRefused)
  expect(asked()).toBe(0)
})

test.each([
  [['127.0.0.1']],
  [['8.8.8.8', '127.0.0.1']],
  [['10.1.2.3', '8.8.8.8']],
  [['::1']],
  [['::ffff:127.0.0.1']],
  [[]],
])('N263 a name that leads to %j is refused, whatever else it leads to', async (addresses) => {
  const { origin, asked } = await serve((_request, response) => response.end('hello'))
  const rebinding = createOutbound({
    allowLoopback: false,
    resolve: (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
  })
  const url = `https://rebinding.test:${new URL(origin).port}/`
  await expect(rebinding({ url })).rejects.toThrow(OutboundRefused)
  expect(asked()).toBe(0)
})

test('for development this machine may be asked, and nothing else that is not public', async () => {
  const { origin } = await serve((request, response) => {
    response.writeHead(201)
    request.pipe(response)
  })
  const answer = await atHome({
    url: `${origin}/hook`,
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
  expect(answer).toMatchObject({ status: 201, body: '{"a":1}' })
  await expect(atHome({ url: 'https://10.0.0.1/' })).rejects.toThrow(OutboundRefused)
  await expect(atHome({ url: 'http://example.com/' })).rejects.toThrow(OutboundRefused)
})

test('a redirect is an answer, and is not followed', async () => {
  const { origin: secret, asked } = await serve((_request, response) => response.end('inside'))
  const { origin } = await serve((_request, response) => response.writeHead(302, { location: secret }).end())
  expect(await atHome({ url: origin })).toMatchObject({ status: 302, body: '' })
  expect(asked()).toBe(0)
})

test('an answer that does not come, or does not end, is given up', async () => {
  const silent = await serve(() => undefined)
  const dripping = await serve((_request, response) => {
    const timer = setInterval(() => response.write('x'), 50)
    response.on('close', () => clearInterval(timer))
  })
  for (const { origin } of [silent, dripping]) {
    const began = performance.now()
    await expect(atHome({ url: origin })).rejects.toThrow()
    expect(performance.now() - began).toBeLessThan(2_000)
  }
})

test('an answer that is too long is not read', async () => {
  const { origin } = await serve((_request, response) => response.end(Buffer.alloc(2_000_000)))
  await expect(atHome({ url: origin })).rejects.toThrow(OutboundRefused)
})

test('a caller may give up earlier', async () => {
  const { origin } = await serve(() => undefined)
  const signal = AbortSignal.timeout(50)
  await expect(atHome({ url: origin, signal })).rejects.toThrow()
})

test('a certificate is checked', async () => {
  const { makeCertificate } = await import('../outbox/testing/certificate.ts')
  const server = https.createServer(makeCertificate(), (_request, response) => response.end('hello'))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  await expect(atHome({ url: `https://localhost:${port}/` })).rejects.toMatchObject({ code: /CERT|SELF_SIGNED/ })
})
