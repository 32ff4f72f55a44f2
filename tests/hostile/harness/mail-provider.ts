import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Environment } from './program.ts'

/** A mail that reached the provider. */
export type Delivered = { id: string; kind: string; to: string; text: string; at: number }

/** How the provider answers: at once, after so many milliseconds, with a refusal, never, or by closing the connection. */
export type Mood = { delay?: number; status?: number } | 'hangs' | 'hangs up'

/**
 * Whoever sends the mails of a server, as a program on this machine that a test can make slow, make refuse, and take away. `env` are the
 * settings of the server that sends by it.
 */
export async function startMailProvider(mood: Mood = {}) {
  const provider = { mood, tries: 0, delivered: [] as Delivered[] }
  const server = createServer((request, response) => {
    provider.tries++
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { mood: now } = provider
      if (now === 'hangs') return
      if (now === 'hangs up') return void request.socket.destroy()
      const { delay = 0, status = 200 } = now
      setTimeout(() => answer(response, status, Buffer.concat(parts)), delay)
    })
  })
  const answer = (response: ServerResponse, status: number, body: Buffer) => {
    if (status < 300) provider.delivered.push({ ...JSON.parse(body.toString()), at: Date.now() })
    response.writeHead(status).end()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const env: Environment = {
    MAIL_URL: `webhook+http://canary-secret-of-the-webhook@127.0.0.1:${port}/mail`,
    LOOPBACK_REQUESTS: 'on',
  }
  return Object.assign(provider, {
    env,
    /** Nobody answers at its address any more. */
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    /** It is there again, at the same address. */
    start: async () => {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
  })
}
