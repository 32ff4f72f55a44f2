import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { HttpResponse, http as mocked } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { MessageId } from '../../domain/ids.ts'
import { createOutbound } from '../../outbound/outbound.ts'
import { sendSample } from '../testing/parcel.ts'
import { letter } from '../testing/samples.ts'
import { resendTransport } from './resend.ts'
import { twilioTransport } from './twilio.ts'
import { webhookTransport } from './webhook.ts'

const provider = setupServer()
beforeAll(() => provider.listen({ onUnhandledFrame: 'bypass' }))
afterEach(() => provider.resetHandlers())
afterAll(() => provider.close())

const FROM = { name: 'Acme Accounts', address: 'no-reply@acme.test' }
const RESEND = 'https://api.resend.com/emails'
const resend = resendTransport('re_a_key_of_the_tests', FROM)

/** Answers every request to `url` in this way, and remembers them. */
function answering(url: string, answer: () => Response) {
  const requests: { headers: Headers; body: string }[] = []
  provider.use(
    mocked.post(url, async ({ request }) => {
      requests.push({ headers: request.headers, body: await request.text() })
      return answer() as never
    }),
  )
  return requests
}

test('Resend gets the mail with our sender, both parts and an idempotency key that stays', async () => {
  const requests = answering(RESEND, () => HttpResponse.json({ id: 'x' }))
  for (let at = 0; at < 2; at++) await sendSample(resend)
  for (const { headers, body } of requests) {
    expect(headers.get('authorization')).toBe('Bearer re_a_key_of_the_tests')
    expect(headers.get('idempotency-key')).toBe('msg_1')
    expect(JSON.parse(body)).toMatchObject({
      from: '"Acme Accounts" <no-reply@acme.test>',
      to: ['bob@acme.test'],
      subject: 'Confirm your email address',
      text: expect.stringContaining('483 920'),
      html: expect.stringContaining('<h1'),
      headers: { 'Auto-Submitted': 'auto-generated', 'Message-ID': '<msg_1@acme.test>' },
    })
  }
  expect(requests).toHaveLength(2)
})

test.each([
  [422, 'validation_error', 'refused'],
  [403, 'restricted_api_key', 'not_allowed'],
  [401, 'missing_api_key', 'not_allowed'],
  [422, 'invalid_from_address', 'not_allowed'],
  [409, 'concurrent_idempotent_requests', 'deferred'],
  [429, 'daily_quota_exceeded', 'deferred'],
  [500, 'internal_server_error', 'deferred'],
])('Resend returns its errors: %i %s is %s', async (statusCode, name, fault) => {
  answering(RESEND, () => HttpResponse.json({ statusCode, name, message: 'to bob@acme.test' }, { status: statusCode }))
  const failure = sendSample(resend)
  await expect(failure).rejects.toMatchObject({ fault, message: expect.not.stringContaining('bob') })
})

test('Resend does not answer, or nonsense', async () => {
  answering(RESEND, () => HttpResponse.error())
  await expect(sendSample(resend)).rejects.toMatchObject({ fault: 'unreachable' })
  answering(RESEND, () => new HttpResponse('<html>', { status: 502 }))
  await expect(sendSample(resend)).rejects.toMatchObject({ fault: 'deferred' })
  provider.use(mocked.post(RESEND, () => new Promise<never>(() => undefined)))
  await expect(sendSample(resend, {}, AbortSignal.timeout(100))).rejects.toMatchObject({ fault: 'timeout' })
})

const TWILIO = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json'
const twilio = (from = '+15551234567') =>
  twilioTransport(
    { kind: 'twilio', accountSid: 'AC1', authToken: 'tok', from },
    createOutbound({ allowLoopback: false }),
  )
const toPhone = { to: '+4915112345678', kind: 'verify_phone' }

test('Twilio gets number, text and sender in a form', async () => {
  const requests = answering(TWILIO, () => HttpResponse.json({ sid: 'SM1' }, { status: 201 }))
  await sendSample(twilio(), toPhone)
  await sendSample(twilio('MG123'), toPhone)
  expect(requests[0]!.headers.get('authorization')).toBe(`Basic ${Buffer.from('AC1:tok').toString('base64')}`)
  const [byNumber, byService] = requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
  expect(byNumber).toMatchObject({
    To: '+4915112345678',
    From: '+15551234567',
    Body: expect.stringContaining('483920'),
  })
  expect(byService).toMatchObject({ MessagingServiceSid: 'MG123' })
})

test.each([
  [400, 21211, 'recipient_refused'],
  [400, 21610, 'recipient_refused'],
  [400, 21602, 'refused'],
  [401, 20003, 'not_allowed'],
  [429, 20429, 'deferred'],
  [500, 20500, 'deferred'],
  [302, 0, 'not_allowed'],
])('Twilio says %i and %i: %s', async (status, code, fault) => {
  answering(TWILIO, () => HttpResponse.json({ code, message: 'no' }, { status }))
  await expect(sendSample(twilio(), toPhone)).rejects.toMatchObject({ fault })
})

const SECRET = 'a secret of the tests, long enough'

async function startReceiver(answer: () => number = () => 204, now = () => 1_700_000_000_999) {
  const requests: { headers: http.IncomingHttpHeaders; body: string }[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(answer()).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const send = createOutbound({ allowLoopback: true })
  const transport = webhookTransport({ kind: 'webhook', url, secret: SECRET }, { send, from: FROM, now })
  return { requests, transport }
}

test('a webhook gets the finished message, signed with the time', async () => {
  const { requests, transport } = await startReceiver()
  await sendSample(transport, { id: 'msg_7' as MessageId, letter: letter({ language: 'fr' }) })
  const [{ headers, body }] = requests as [(typeof requests)[number]]
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['vestibule-signature']))!
  expect(time).toBe('1700000000')
  expect(signature).toBe(createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex'))
  expect(headers['idempotency-key']).toBe('msg_7')
  expect(JSON.parse(body)).toMatchObject({
    id: 'msg_7',
    channel: 'email',
    kind: 'verify_email',
    to: 'bob@acme.test',
    language: 'fr',
    from: 'no-reply@acme.test',
    fromName: 'Acme Accounts',
    subject: 'Confirmez votre adresse e-mail',
    text: expect.any(String),
    html: expect.any(String),
    headers: { 'Message-ID': '<msg_7@acme.test>' },
  })
})

type Check = (header: string, body: string, secret: string) => boolean

/** What the guide tells a receiver to do, taken from the guide. */
async function documentedCheck(): Promise<Check> {
  const guide = readFileSync(new URL('../../../../docs/guides/operating.md', import.meta.url), 'utf8')
  const [, code = ''] = /```js\n([^`]*(?:`\$[^`]*`[^`]*)*isFromVestibule[\s\S]*?)```/.exec(guide) ?? []
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { isFromVestibule: Check }
  return module.isFromVestibule
}

test('the check that the guide shows takes our signature, and nothing else', async () => {
  const isFromVestibule = await documentedCheck()
  const { requests, transport } = await startReceiver(() => 204, Date.now)
  await sendSample(transport)
  const [{ headers, body }] = requests as [(typeof requests)[number]]
  const header = String(headers['vestibule-signature'])
  expect(isFromVestibule(header, body, SECRET)).toBe(true)
  expect(isFromVestibule(header, `${body} `, SECRET)).toBe(false)
  expect(isFromVestibule(header, body, `${SECRET}x`)).toBe(false)
  expect(isFromVestibule('t=1,v1=', body, SECRET)).toBe(false)
  expect(isFromVestibule(header.replace(/^t=\d/, 't=2'), body, SECRET)).toBe(false)
  const old = await startReceiver(
    () => 204,
    () => Date.now() - 301_000,
  )
  await sendSample(old.transport)
  const [late] = old.requests
  expect(isFromVestibule(String(late!.headers['vestibule-signature']), late!.body, SECRET)).toBe(false)
})

test('a text message by webhook has no mail in it', async () => {
  const { requests, transport } = await startReceiver()
  await sendSample(transport, toPhone)
  expect(Object.keys(JSON.parse(requests[0]!.body) as object)).toEqual([
    'id',
    'channel',
    'kind',
    'to',
    'language',
    'text',
  ])
})

test.each([
  [400, 'refused'],
  [404, 'refused'],
  [401, 'not_allowed'],
  [301, 'not_allowed'],
  [408, 'deferred'],
  [429, 'deferred'],
  [503, 'deferred'],
])('a webhook that answers %i: %s', async (status, fault) => {
  const { transport } = await startReceiver(() => status)
  await expect(sendSample(transport)).rejects.toMatchObject({ fault })
})

test('N263 a webhook on this machine is not asked without the switch', async () => {
  const send = createOutbound({ allowLoopback: false })
  const route = { kind: 'webhook', url: 'https://127.0.0.1/hook', secret: SECRET } as const
  const transport = webhookTransport(route, { send, from: FROM, now: () => 0 })
  await expect(sendSample(transport)).rejects.toMatchObject({ fault: 'unreachable' })
})
