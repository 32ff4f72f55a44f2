import net, { type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { SmtpRoute } from '../../domain/delivery-route.ts'
import { makeCertificate } from '../testing/certificate.ts'
import { sendSample } from '../testing/parcel.ts'
import { letter } from '../testing/samples.ts'
import { PASSWORD, type SmtpSink, startSmtpSink, USER } from '../testing/smtp-sink.ts'
import { smtpTransport } from './smtp.ts'

const tls = makeCertificate()
const FROM = { name: 'Acme "the" Accounts', address: 'no-reply@acme.test' }
const QUICK = { dnsTimeout: 500, connectionTimeout: 500, greetingTimeout: 500, socketTimeout: 500 }

const transportTo = ({ port }: Pick<SmtpSink, 'port'>, route: Partial<SmtpRoute> = {}, ca = tls.cert) =>
  smtpTransport(
    { kind: 'smtp', host: '127.0.0.1', port, tls: 'required', login: { user: USER, password: PASSWORD }, ...route },
    FROM,
    { ca, timeouts: QUICK },
  )

test('a mail arrives whole: both parts, our sender, one recipient, no answer wanted', async () => {
  const sink = await startSmtpSink(tls)
  await sendSample(transportTo(sink))
  const [mail, ...others] = sink.mails
  expect(others).toEqual([])
  expect(mail!.from?.value).toEqual([{ name: FROM.name, address: FROM.address }])
  expect(mail!.to).toMatchObject({ value: [{ address: 'bob@acme.test', name: '' }] })
  expect([mail!.cc, mail!.bcc]).toEqual([undefined, undefined])
  expect(mail!.subject).toBe('Confirm your email address')
  expect(mail!.text).toContain('483 920')
  expect(mail!.html).toContain('<h1')
  expect(mail!.raw.match(/^content-type: [^;]+/gim)).toEqual([
    'Content-Type: multipart/alternative',
    'Content-Type: text/plain',
    'Content-Type: text/html',
  ])
})

test('E10 it says that nobody wrote it, and its Message-ID is the same at every attempt', async () => {
  const sink = await startSmtpSink(tls)
  for (let at = 0; at < 2; at++) await sendSample(transportTo(sink))
  for (const mail of sink.mails) {
    expect(mail.messageId).toBe('<msg_1@acme.test>')
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  }
})

test('N250 an organization’s name never reaches a header', async () => {
  const sink = await startSmtpSink(tls)
  const names = ['Acme\r\nBcc: x@evil.test', '=?utf-8?Q?x?=', '"x" <x@evil.test>', 'x'.repeat(5_000), '\u202egnp']
  for (const organization of names) await sendSample(transportTo(sink), { letter: letter({ organization }) })
  for (const { raw, bcc, from } of sink.mails) {
    const [head = ''] = raw.split('\r\n\r\n')
    expect(head).not.toMatch(/evil|bcc|xxxx|=\?utf-8\?Q\?x/i)
    expect([bcc, from?.value]).toEqual([undefined, [{ name: FROM.name, address: FROM.address }]])
  }
})

test('TLS is required: a server without STARTTLS gets nothing', async () => {
  const sink = await startSmtpSink(tls, {}, { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
  await expect(sendSample(transportTo(sink))).rejects.toMatchObject({ fault: 'not_allowed' })
  expect(sink.mails).toEqual([])
})

test('a certificate that nobody we know vouches for is not believed, a password is not told', async () => {
  let logins = 0
  const options = { onAuth: () => void logins++ }
  const sink = await startSmtpSink(tls, {}, options)
  await expect(sendSample(transportTo(sink, {}, makeCertificate().cert))).rejects.toMatchObject({
    fault: expect.stringMatching(/not_allowed|unreachable/),
  })
  expect(logins).toBe(0)
})

test('smtps begins with TLS', async () => {
  const sink = await startSmtpSink(tls, {}, { secure: true })
  await sendSample(transportTo(sink, { tls: 'implicit' }))
  expect(sink.mails).toHaveLength(1)
})

test('on this machine it may go without', async () => {
  const sink = await startSmtpSink(tls, {}, { authOptional: true })
  await sendSample(transportTo(sink, { tls: 'none', login: null }))
  expect(sink.mails).toHaveLength(1)
})

test('a wrong password is the operator’s to mend', async () => {
  const sink = await startSmtpSink(tls)
  const login = { user: USER, password: 'wrong' }
  await expect(sendSample(transportTo(sink, { login }))).rejects.toMatchObject({ fault: 'not_allowed' })
})

test.each([
  [{ data: [451] }, 'deferred'],
  [{ data: [550] }, 'refused'],
  [{ recipient: [451] }, 'deferred'],
  [{ recipient: [550] }, 'recipient_refused'],
])('R6 %j is %s', async (behaviour, fault) => {
  const sink = await startSmtpSink(tls, behaviour)
  await expect(sendSample(transportTo(sink))).rejects.toMatchObject({ fault })
  await sendSample(transportTo(sink))
  expect(sink.mails).toHaveLength(1)
})

test('R6 cut off after DATA it is unknown whether it was taken: tried again, with the same Message-ID', async () => {
  const sink = await startSmtpSink(tls, { data: ['reset'] })
  await expect(sendSample(transportTo(sink))).rejects.toMatchObject({ fault: 'unreachable' })
  await sendSample(transportTo(sink))
  expect(sink.mails.map(({ messageId }) => messageId)).toEqual(['<msg_1@acme.test>', '<msg_1@acme.test>'])
})

/** A server that takes connections and says what it is told to, a byte at a time. */
async function startTarpit(drip: string): Promise<{ port: number; open: () => number }> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    let at = 0
    const timer = setInterval(() => {
      if (at < drip.length) socket.write(drip[at++]!)
    }, 100)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      sockets.delete(socket)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, open: () => sockets.size }
}

test.each([
  ['says nothing', ''],
  ['says it a byte at a time', '220-'.padEnd(1_000, 'x')],
])('R6 a server that %s holds nobody for long, and the connection is closed', async (_name, drip) => {
  const tarpit = await startTarpit(drip)
  const began = performance.now()
  await expect(sendSample(transportTo(tarpit), {}, AbortSignal.timeout(1_500))).rejects.toMatchObject({
    fault: 'timeout',
  })
  expect(performance.now() - began).toBeLessThan(3_000)
  await expect.poll(tarpit.open).toBe(0)
})

test('R6 nobody listens', async () => {
  const sink = await startTarpit('')
  const server = net.createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  await expect(sendSample(transportTo({ ...sink, port }))).rejects.toMatchObject({ fault: 'unreachable' })
})

test('a failure says nothing of the recipient or the answer', async () => {
  const sink = await startSmtpSink(tls, { recipient: [550] })
  const error = await sendSample(transportTo(sink)).catch((thrown: unknown) => thrown as Error)
  expect((error as Error).message).not.toMatch(/bob|tests say/)
})
