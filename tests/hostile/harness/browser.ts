import { randomInt } from 'node:crypto'
import type { Agent } from 'node:http'
import type { Call } from '../paths.ts'
import { LOGIN } from '../paths.ts'
import { type Answer, type Door, json, type Request, send } from './http.ts'

export type Browser = ReturnType<typeof createBrowser>

/** An address of the documentation range 2001:db8::/32 that nobody else has: limits of one case do not reach another. */
export const newAddress = () => `2001:db8:${[1, 2, 3, 4].map(() => randomInt(1, 65_536).toString(16)).join(':')}::1`

type Options = { address?: string; agent?: Agent; userAgent?: string }

/** A browser as far as a server can tell: it keeps cookies, sends its Origin, and follows nothing by itself. */
export function createBrowser(door: Door, { address = newAddress(), agent, userAgent = 'Mozilla/5.0 (tests)' }: Options = {}) {
  const jar = new Map<string, string>()

  function headersOf(more: Request['headers'] = {}): NonNullable<Request['headers']> {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    return { 'x-forwarded-for': address, 'user-agent': userAgent, ...(cookie ? { cookie } : {}), ...more }
  }

  async function fetch(request: Request): Promise<Answer> {
    const answer = await send(door, { ...request, headers: headersOf(request.headers), ...(agent ? { agent } : {}) })
    for (const line of answer.setCookie) {
      const [name = '', value = ''] = line.split(';', 1)[0]!.split(/=(.*)/s)
      jar.set(name, value)
    }
    return answer
  }

  const browser = {
    door,
    address,
    jar,
    fetch,
    get: (path: string, headers?: Request['headers']) => fetch({ path, ...(headers ? { headers } : {}) }),
    /** What a page of ours does: JSON, with our own Origin. */
    call: ({ method, path, body }: Call, headers: Request['headers'] = {}) =>
      fetch(
        method === 'GET'
          ? { path, headers }
          : { method, path, body: JSON.stringify(body), headers: { 'content-type': 'application/json', origin: door.issuer, ...headers } },
      ),
    /** Opens an address that leads to the login page: the id of the pending request. */
    async open(path: string): Promise<string> {
      const answer = await browser.get(path)
      const id = /^\/login\/(req_[0-9a-f]+)$/.exec(answer.headers.location ?? '')?.[1]
      if (!id) throw new Error(`no login page, but ${answer.status} ${answer.headers.location ?? answer.body.slice(0, 200)}`)
      return id
    },
    /** Name and password, and wherever that leads. */
    async signIn(request: string, name: string, password: string): Promise<Answer> {
      const started = await browser.call(LOGIN.START(request, name))
      return started.status === 200 ? browser.call(LOGIN.PW(request, password)) : started
    },
    /** Another browser with the same cookies: a thief's. */
    copy(): Browser {
      const other = createBrowser(door, { address: newAddress() })
      for (const [name, value] of jar) other.jar.set(name, value)
      return other
    },
    /** The same browser at another process of the same server. */
    at(other: Door): Browser {
      const moved = createBrowser(other, { address })
      for (const [name, value] of jar) moved.jar.set(name, value)
      return moved
    },
  }
  return browser
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
