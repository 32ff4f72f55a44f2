import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import type { Page } from '@vestibule/shared/page.ts'
import type { Hono } from 'hono'
import type { Env } from '../http/env.ts'

export type Browser = ReturnType<typeof createBrowser>

/** A browser as far as the API can tell: it keeps cookies, sends its Origin, and follows nothing by itself. */
export function createBrowser(app: Hono<Env>, origin: string, address = '203.0.113.7') {
  const jar = new Map<string, string>()
  const bindings = { incoming: { socket: { remoteAddress: address } } } as never

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '))
    headers.set('host', new URL(origin).host)
    const response = await app.request(path, { ...init, headers }, bindings)
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';', 1)[0]!.split(/=(.*)/s)
      jar.set(name, value)
    }
    return response
  }

  const json = (body: unknown, headers: Record<string, string> = {}, method = 'POST') => ({
    method,
    headers: { 'content-type': 'application/json', origin, ...headers },
    body: JSON.stringify(body),
  })

  return {
    jar,
    get: (path: string, headers?: Record<string, string>) => send(path, headers ? { headers } : {}),
    post: (path: string, body: unknown, headers?: Record<string, string>) => send(path, json(body, headers)),
    patch: (path: string, body: unknown) => send(path, json(body, {}, 'PATCH')),
    send,
    /** The page's data: what the server wrote into the first HTML. */
    async page(path: string): Promise<Page> {
      return pageOf(await send(path))
    },
    /** Opens an address that leads to the login page and returns the request's id. */
    async open(path: string): Promise<string> {
      const location = (await send(path)).headers.get('location') ?? ''
      const request = /^\/login\/(req_[0-9a-f]+)$/.exec(location)?.[1]
      if (!request) throw new Error(`no login page, but ${location}`)
      return request
    },
    async step(request: string): Promise<LoginAnswer> {
      return (await (await send(`/api/login/${request}`)).json()) as LoginAnswer
    },
    /** Name and password, and wherever that leads. */
    async signIn(request: string, identifier: string, password: string): Promise<LoginAnswer> {
      await send(`/api/login/${request}/identifier`, json({ identifier }))
      return (await (await send(`/api/login/${request}/password`, json({ password }))).json()) as LoginAnswer
    },
  }
}

export async function pageOf(response: Response): Promise<Page> {
  const html = await response.text()
  const data = /<script type="application\/json" id="page">(.*)<\/script>/s.exec(html)?.[1]
  if (!data) throw new Error(`no page data in ${html.slice(0, 200)}`)
  return JSON.parse(data) as Page
}

/** Where a login that is done leads. */
export function redirectOf(answer: LoginAnswer): URL {
  if (answer.step?.kind !== 'redirect') throw new Error(`not done: ${JSON.stringify(answer)}`)
  return new URL(answer.step.redirect.to, origin)
}
const origin = 'http://localhost:3000'
