import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Mail = { kind: string; to: string; text: string }

/** Long enough for any signature. */
const SECRET = 'signs-the-mails-of-the-benchmark'
/** Milliseconds. */
const PATIENCE = 10_000

/** Where the mails of a server arrive: it delivers them as a webhook. */
export async function openMailbox() {
  const waiting = new Map<string, (mail: Mail) => void>()
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const mail = JSON.parse(await text(request)) as Mail
    response.writeHead(204).end()
    waiting.get(`${mail.kind} ${mail.to}`)?.(mail)
  }
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    /** For the setting MAIL_URL. */
    url: `webhook+http://${SECRET}@127.0.0.1:${port}/`,
    /** The code in the mail of this kind that `ask` has sent to somebody. Rejects when none comes. */
    async codeAfter(ask: () => Promise<unknown>, kind: string, to: string): Promise<string> {
      const { promise, resolve, reject } = Promise.withResolvers<Mail>()
      const impatient = setTimeout(() => reject(new Error(`no ${kind} for ${to}`)), PATIENCE)
      waiting.set(`${kind} ${to}`, resolve)
      try {
        const [mail] = await Promise.all([promise, ask()])
        const code = /^(\d{6}|[0-9A-Z]{4}[- ]?[0-9A-Z]{4})$/m.exec(mail.text)?.[1]
        if (!code) throw new Error(`no code in ${mail.text}`)
        return code
      } finally {
        clearTimeout(impatient)
        waiting.delete(`${kind} ${to}`)
      }
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type Mailbox = Awaited<ReturnType<typeof openMailbox>>
