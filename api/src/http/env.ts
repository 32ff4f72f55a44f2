import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** What is known of a request from its first moment on. */
export type Visit = {
  /** Names this request in the log, in errors and on the error page. */
  requestId: string
  /** The client's address, from the connection or a counted number of trusted proxies. */
  address: string
  /** What every answer of this kind carries: one record for all of them. */
  common: Readonly<Record<string, string>>
  /** What this answer carries besides. A plain record, written out once: see answer.ts. */
  headers: Record<string, string>
  /** Cookies that it sets, written out. */
  cookies: string[]
  /** The row of the access table, or `other`. */
  route: string
  /** What a 401 asks for (RFC 9110 11.6.1), with the error of a token that was brought. */
  challenge?: string
  /** The methods of a known path, when the request had another. */
  allow?: string
  /** A bug that was answered in a protocol's own words: for the log. */
  failure?: unknown
}

/** What the server gives with a request: nothing where there is none, as in tests. */
export type Bindings = Partial<HttpBindings>
export type Env = { Bindings: Bindings & { visit: Visit } }
export type Http = Context<Env>
