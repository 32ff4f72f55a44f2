import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** What every handler may rely on. */
export type Variables = {
  /** Names this request in the log, in errors and on the error page. */
  requestId: string
  /** The client's address, from the connection or a counted number of trusted proxies. */
  address: string
  /** The methods of a known path, when the request had another. */
  allow?: string
  /** A bug that was answered in a protocol's own words: for the log. */
  failure?: unknown
}

export type Env = { Bindings: Partial<HttpBindings>; Variables: Variables }
export type Http = Context<Env>
