import { Agent, type IncomingHttpHeaders, request as open } from 'node:http'
import { connect } from 'node:net'

export type Request = {
  method?: string
  /** Path and query. */
  path: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  agent?: Agent
}

export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  setCookie: readonly string[]
  body: string
}

/** Where a server listens, and the name it answers to. */
export type Door = { port: number; issuer: string }

const shared = new Agent({ keepAlive: true, maxSockets: 400 })

/** One request over plain HTTP, as the proxy in front of the server sends it; any header may be set, Host too. */
export function send(
  { port, issuer }: Door,
  { method = 'GET', path, headers = {}, body, agent = shared }: Request,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = {
      host: new URL(issuer).host,
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    }
    const outgoing = open({ host: '127.0.0.1', port, method, path, headers: all, agent }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode!,
          headers: incoming.headers,
          setCookie: incoming.headers['set-cookie'] ?? [],
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** The body of an answer as an object. */
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests find out
export const json = ({ body }: Answer): any => JSON.parse(body)

/** The problem or OAuth error code of a refusal; null for a page or anything else. */
export function codeOf(answer: Answer): string | null {
  if (!/json/.test(answer.headers['content-type'] ?? '')) return null
  const { code, error } = json(answer) as { code?: string; error?: string }
  return code ?? error ?? null
}

/** Bytes as they are, for what no client library sends. Resolves with everything that came back when the server closes or falls silent. */
export function sendRaw({ port }: Door, bytes: string | Buffer, silence = 1_500): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let received = ''
    const finish = () => {
      socket.destroy()
      resolve(received)
    }
    socket.setTimeout(silence, finish)
    socket.on('data', (chunk) => (received += chunk))
    socket.on('error', finish)
    socket.on('close', finish)
    socket.on('connect', () => socket.write(bytes))
  })
}
