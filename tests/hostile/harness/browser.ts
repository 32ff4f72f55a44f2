import { randomInt } from 'node:crypto'
import type { Agent } from 'node:http'
import type { Call } from '../paths.ts'
import { LOGIN } from '../paths.ts'
import { type Answer, type Door, json, type Request, send } from './http.ts'

export type Browser = {
  door: Door
  jar: Map<string, string>
  fetch: (request: Request) => Promise<Answer>
  get: (path: string, headers?: Headers) => Promise<Answer>
  /** What a page of ours does: JSON, with our own Origin. */
  call: (call: Call, headers?: Headers) => Promise<Answer>
  /** Opens an address that leads to the login page: the id of the pending request. */
  open: (path: string) => Promise<string>
  /** Name and password, and wherever that leads. */
  signIn: (request: string, name: string, password: string) => Promise<Answer>
  /** Another browser with the same cookies: a thief's. */
  copy: () => Browser
  /** The same browser at another process of the same server. */
  at: (other: Door) => Browser
}
type Headers = NonNullable<Request['headers']>

/** An address of the documentation range 2001:db8::/32 that nobody else has: limits of one case do not reach another. */
export const newAddress = () => `2001:db8:${[1, 2, 3, 4].map(() => randomInt(1, 65_536).toString(16)).join(':')}::1`

type Options = { address?: string; agent?: Agent }

/** A browser as far as a server can tell: it keeps cookies, sends its Origin, and follows nothing by itself. */
export function createBrowser(door: Door, { address = newAddress(), agent }: Options = {}): Browser {
  const jar = new Map<string, string>()

  function headersOf(more: Headers = {}): Headers {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const own = { 'x-forwarded-for': address, 'user-agent': 'Mozilla/5.0 (tests)' }
    return { ...own, ...(cookie ? { cookie } : {}), ...more }
  }

  async function fetch(request: Request): Promise<Answer> {
    const answer = await send(door, { ...request, headers: headersOf(request.headers), ...(agent ? { agent } : {}) })
    for (const line of answer.setCookie) {
      const [name = '', value = ''] = line.split(';', 1)[0]!.split(/=(.*)/s)
      jar.set(name, value)
    }
    return answer
  }

  const written = { 'content-type': 'application/json', origin: door.issuer }
  const call: Browser['call'] = ({ method, path, body }, headers = {}) =>
    method === 'GET'
      ? fetch({ path, headers })
      : fetch({ method, path, body: JSON.stringify(body), headers: { ...written, ...headers } })

  const withJar = (browser: Browser): Browser => {
    for (const [name, value] of jar) browser.jar.set(name, value)
    return browser
  }

  return {
    door,
    jar,
    fetch,
    call,
    get: (path, headers = {}) => fetch({ path, headers }),
    async open(path) {
      const answer = await fetch({ path })
      const id = /^\/login\/(req_[0-9a-f]+)$/.exec(answer.headers.location ?? '')?.[1]
      if (!id)
        throw new Error(`no login page, but ${answer.status} ${answer.headers.location ?? answer.body.slice(0, 200)}`)
      return id
    },
    async signIn(request, name, password) {
      const started = await call(LOGIN.START(request, name))
      return started.status === 200 ? call(LOGIN.PW(request, password)) : started
    },
    copy: () => withJar(createBrowser(door)),
    at: (other) => withJar(createBrowser(other, { address })),
  }
}

/** The step that an answer of the login names. */
export const stepOf = (answer: Answer): string => json(answer).step?.kind ?? `${answer.status} ${answer.body}`

/** Where a login that is done leads. @throws when it is not done */
export function redirectOf(answer: Answer, issuer = 'https://localhost'): URL {
  const to = answer.status === 200 ? json(answer).step?.redirect?.to : answer.headers.location
  if (typeof to !== 'string') throw new Error(`no way out: ${answer.status} ${answer.body.slice(0, 300)}`)
  return new URL(to, issuer)
}

/** The data that the server wrote into a page. */
// biome-ignore lint/suspicious/noExplicitAny: what a page holds is what the tests find out
export function pageOf({ body }: Answer): any {
  const data = /<script type="application\/json" id="page">(.*?)<\/script>/s.exec(body)?.[1]
  return data === undefined ? null : JSON.parse(data)
}
