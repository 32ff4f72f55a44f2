import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

export const USER = 'user'
export const PASSWORD = 'p@ss:word'

type Mail = ParsedMail & { raw: string }
export type SmtpSink = { port: number; mails: Mail[]; connections: () => number }

class Refusal extends Error {
  readonly responseCode: number
  constructor(responseCode: number) {
    super('the tests say no')
    this.responseCode = responseCode
  }
}

type Behaviour = {
  /** What each message gets in turn after it was handed over: a refusal, or `reset`: taken, and cut off before the answer. Then: taken. */
  data?: (number | 'reset')[]
  /** The same for recipients. */
  recipient?: number[]
}

/** A mail server in the process, with TLS and one account; it closes with the test. */
export async function startSmtpSink(
  tls: { key: string; cert: string },
  { data = [], recipient = [] }: Behaviour = {},
  options: Partial<SMTPServerOptions> = {},
): Promise<SmtpSink> {
  const mails: Mail[] = []
  const sockets = new Set<{ destroy(): void }>()
  let connections = 0
  const server: SMTPServer = new SMTPServer({
    ...tls,
    onConnect(_session, done) {
      connections++
      done()
    },
    onAuth({ username, password }, _session, done) {
      if (username === USER && password === PASSWORD) done(null, { user: username })
      else done(new Error('wrong user name or password'))
    },
    onRcptTo(_address, _session, done) {
      const refusal = recipient.shift()
      done(refusal ? new Refusal(refusal) : null)
    },
    onData(stream, _session, done) {
      const settle = async () => {
        const mail = await receive(stream).catch(() => null)
        // whoever sent it is gone
        if (mail === null) return done(new Refusal(451))
        const behaviour = data.shift()
        if (typeof behaviour === 'number') return done(new Refusal(behaviour))
        mails.push(mail)
        if (behaviour === 'reset') for (const socket of sockets) socket.destroy()
        else done()
      }
      void settle()
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())))
  return { port: (server.server.address() as AddressInfo).port, mails, connections: () => connections }
}

async function receive(stream: NodeJS.ReadableStream): Promise<Mail> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  return Object.assign(await simpleParser(raw), { raw: raw.toString('utf8') })
}
