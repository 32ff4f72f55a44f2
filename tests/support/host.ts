import { once } from 'node:events'
import http from 'node:http'
import type net from 'node:net'

/** Somebody's application as a server of its own, on another site than the product. */
export type Host = { origin: string; close: () => Promise<void> }

/** `create` is given the address, which only then is known, and answers with what handles requests. */
export async function startHost(create: (origin: string) => http.RequestListener): Promise<Host> {
  const server = http.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
  server.on('request', create(origin))
  return {
    origin,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
