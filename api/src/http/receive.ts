import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../deps.ts'
import { Problem } from '../domain/problem.ts'
import type { Metrics } from '../metrics.ts'
import type { Elsewhere } from './addresses.ts'
import { clientAddress } from './client-address.ts'
import type { Env, Http, Visit } from './env.ts'
import { problemResponse } from './problem.ts'
import { commonHeaders, NO_STORE } from './security-headers.ts'

/** Probes come by whatever name the platform uses. */
const ANY_HOST = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * The first and last thing that happens to every request: a name, the client's address, our host only; then log and figures. What came to
 * another host of ours is not for this app, and the other one does all of it.
 */
export function receive(deps: Deps, metrics: Metrics, elsewhere: Elsewhere): MiddlewareHandler<Env> {
  const { settings, log } = deps
  const { host } = new URL(settings.issuer)
  const common = { ...commonHeaders(settings), ...NO_STORE }

  return async (c, next) => {
    const started = performance.now()
    const requestId = randomUUID()
    const peer = c.env?.incoming?.socket?.remoteAddress
    const forwarded = settings.trustedProxyHops > 0 ? c.req.header('x-forwarded-for') : undefined
    const address = clientAddress(peer, forwarded, settings.trustedProxyHops)
    const visit: Visit = {
      requestId,
      address,
      route: 'other',
      common,
      headers: { 'x-request-id': requestId },
      cookies: [],
    }
    c.set('visit', visit)

    const asked = c.req.header('host') ?? host
    if (asked === host || ANY_HOST.has(c.req.path)) await next()
    else {
      const there = await elsewhere(asked, address)
      if (there) return there.fetch(c.req.raw, c.env)
      c.res = problemResponse(c, new Problem('unknown_host'))
    }

    const elapsed = performance.now() - started
    metrics.observe(visit.route, c.res.status, elapsed)
    note(log, c, elapsed)
    return
  }
}

/** A failed handler leaves nothing behind in the answer to its failure. */
export function startHeadersOver(c: Http, { settings }: Deps): void {
  const visit = c.get('visit')
  visit.common = { ...commonHeaders(settings), ...NO_STORE }
  const { 'dpop-nonce': nonce } = visit.headers
  // whoever was refused for want of a nonce finds it there
  visit.headers = { 'x-request-id': visit.requestId, ...(nonce ? { 'dpop-nonce': nonce } : {}) }
  visit.cookies = []
  if (visit.allow) visit.headers.allow = visit.allow
}

/** The row of the access table, never the path: a log line that nobody else writes. */
function note(log: Deps['log'], c: Http, elapsed: number): void {
  const { requestId, route, failure } = c.get('visit')
  if (failure === undefined && !log.isLevelEnabled('info')) return
  const line = { requestId, route, status: c.res.status, ms: Math.round(elapsed * 10) / 10 }
  if (failure !== undefined) log.error({ ...line, error: failure }, 'unexpected failure')
  else log.info(line, 'request')
}
