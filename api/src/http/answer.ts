import type { Http } from './env.ts'

type Headers = Record<string, string>

/**
 * The only makers of answers. Headers stay a plain record until they are written: a Headers object that is read or changed on the way
 * costs more than everything else about a small answer.
 */
export const answer = (
  c: Http,
  body: string | Uint8Array<ArrayBuffer> | null,
  status = 200,
  headers: Headers = {},
): Response => {
  const { common, headers: own, cookies } = c.env.visit
  const [cookie, ...more] = cookies
  const one = cookie === undefined ? null : { 'set-cookie': cookie }
  const response = new Response(body, { status, headers: { ...common, ...own, ...headers, ...one } })
  // no record holds a name twice
  for (const cookie of more) response.headers.append('set-cookie', cookie)
  return response
}

const JSON_TYPE = { 'content-type': 'application/json' }

export const answerJson = (c: Http, value: unknown, status = 200): Response =>
  answer(c, JSON.stringify(value), status, JSON_TYPE)

/** 302 from GET, 303 after POST; the address is one of ours or registered, never built from a request. */
export const redirect = (c: Http, location: string, status: 302 | 303): Response =>
  answer(c, null, status, { location })

/** For what becomes known before the answer is made. */
export function setHeader(c: Http, name: string, value: string): void {
  c.env.visit.headers[name] = value
}

/** The header that may stand on an answer several times. */
export function setCookie(c: Http, cookie: string): void {
  c.env.visit.cookies.push(cookie)
}
