import http from 'node:http'
import { buffer } from 'node:stream/consumers'

type Asking = { method?: string; headers?: HeadersInit; body?: URLSearchParams }

/** Asks a name below `localhost`. Browsers know that it is this machine, and not every resolver does. */
export async function fetchHere(address: string | URL, { method, headers, body }: Asking = {}): Promise<Response> {
  const { host, port, pathname, search } = new URL(address)
  const form = body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  const outgoing = http.request({
    host: '127.0.0.1',
    port,
    method: method ?? 'GET',
    path: pathname + search,
    headers: { ...Object.fromEntries(new Headers(headers)), ...form, host },
  })
  const answered = new Promise<http.IncomingMessage>((resolve, reject) =>
    outgoing.on('response', resolve).on('error', reject),
  )
  outgoing.end(body?.toString())
  const incoming = await answered
  const content = new Uint8Array(await buffer(incoming))
  const hasBody = incoming.statusCode !== 204 && incoming.statusCode !== 304
  return new Response(hasBody ? content : null, {
    status: incoming.statusCode ?? 500,
    headers: { 'content-type': incoming.headers['content-type'] ?? '' },
  })
}
