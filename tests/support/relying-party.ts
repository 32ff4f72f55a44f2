import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import type net from 'node:net'
import path from 'node:path'

/** What came back to the redirect URI: how, and with which parameters. */
export type Callback = { method: string; parameters: URLSearchParams }

/** Where the applications of the tests live: another site than the product's, as in life (`127.0.0.1` is not `localhost`). */
export type RelyingParty = {
  origin: string
  /** What the browser brought for this `state`; handed out once. */
  take: (state: string) => Callback | undefined
  close: () => Promise<void>
}

/** The single page application's library, as its authors publish it for browsers. */
const OIDC_CLIENT = path.resolve(
  path.dirname(createRequire(import.meta.url).resolve('oidc-client-ts/package.json')),
  'dist/browser/oidc-client-ts.js',
)

const page = (title: string, head = '') =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title>${head}<h1>${title}</h1>`

export async function startRelyingParty(): Promise<RelyingParty> {
  const callbacks = new Map<string, Callback>()

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://relying-party')
    const html = (text: string) => response.setHeader('content-type', 'text/html; charset=utf-8').end(text)
    switch (pathname) {
      case '/callback': {
        const isForm = request.method === 'POST'
        const parameters = isForm ? new URLSearchParams(await bodyOf(request)) : searchParams
        callbacks.set(parameters.get('state') ?? '', { method: request.method ?? '', parameters })
        html(page('Back in the application'))
        return
      }
      case '/signed-out':
        html(page('Signed out of the application'))
        return
      case '/atlas':
        html(page('Atlas', '<script src="/oidc-client-ts.js"></script>'))
        return
      case '/oidc-client-ts.js':
        response.setHeader('content-type', 'text/javascript').end(fs.readFileSync(OIDC_CLIENT))
        return
      default:
        response.writeHead(404).end()
    }
  }

  const server = http.createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    take(state) {
      const callback = callbacks.get(state)
      callbacks.delete(state)
      return callback
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
