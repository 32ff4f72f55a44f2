import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Deps } from '../deps.ts'
import { Problem } from '../domain/problem.ts'
import type { Metrics } from '../metrics.ts'
import { clientAddress } from './client-address.ts'
import type { Env, Http } from './env.ts'
import { commonHeaders, NOTHING_ALLOWED } from './security-headers.ts'

/** Probes come by whatever name the platform uses. */
const ANY_HOST = new Set(['/healthz', '/readyz', '/metrics'])

/** The first and last thing that happens to every request: a name, the client's address, our host only; then headers, log, figures. */
export function receive(deps: Deps, metrics: Metrics): MiddlewareHandler<Env> {
  const { settings, log } = deps
  const { host } = new URL(settings.issuer)
  const headers = commonHeaders(settings)

  return async (c, next) => {
    const started = performance.now()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    const peer = c.env?.incoming?.socket?.remoteAddress
    c.set('address', clientAddress(peer, c.req.header('x-forwarded-for'), settings.trustedProxyHops))
    const isKnownHost = (c.req.header('host') ?? host) === host || ANY_HOST.has(c.req.path)

    if (isKnownHost) await next()
    else c.res = unknownHost(requestId)

    const { headers: answered } = c.res
    for (const [name, value] of headers) answered.set(name, value)
    answered.set('x-request-id', requestId)
    if (!answered.has('content-security-policy')) answered.set('content-security-policy', NOTHING_ALLOWED)
    if (!answered.has('cache-control')) answered.set('cache-control', 'no-store')
    if (answered.get('cache-control') === 'no-store') answered.set('pragma', 'no-cache')
    if (c.var.allow) answered.set('allow', c.var.allow)

    const elapsed = performance.now() - started
    const route = routeOf(c)
    metrics.observe(route, c.res.status, elapsed)
    note(log, c, route, elapsed)
  }
}

const unknownHost = (requestId: string): Response =>
  new Response(JSON.stringify({ code: new Problem('unknown_host').code, requestId }), {
    status: 421,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })

/** The pattern, never the path: a label and a log line that nobody else writes. */
const routeOf = (c: Http): string => {
  const path = routePath(c, -1)
  return path === '*' || path === '/*' ? 'other' : `${c.req.method.slice(0, 8)} ${path}`
}

function note(log: Deps['log'], c: Http, route: string, elapsed: number): void {
  const line = { requestId: c.var.requestId, route, status: c.res.status, ms: Math.round(elapsed * 10) / 10 }
  if (c.var.failure !== undefined) log.error({ ...line, error: c.var.failure }, 'unexpected failure')
  else log.info(line, 'request')
}
