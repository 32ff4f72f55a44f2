import { randomUUID } from 'node:crypto'
import { Context } from 'hono'
import { getPath } from 'hono/utils/url'
import type { Deps } from '../deps.ts'
import { Problem } from '../domain/problem.ts'
import type { Metrics } from '../metrics.ts'
import type { Elsewhere } from './addresses.ts'
import { clientAddress } from './client-address.ts'
import type { Bindings, Env, Http, Visit } from './env.ts'
import { problemOf, problemResponse } from './problem.ts'
import { commonHeaders, NO_STORE } from './security-headers.ts'

/** Probes come by whatever name the platform uses. */
const ANY_HOST = new Set(['/healthz', '/readyz', '/metrics'])

type Fetch<Given> = (request: Request, bindings: Given) => Response | Promise<Response>

/**
 * The first and last thing that happens to every request: a name, the client's address, our host only; then log and figures. What came to
 * another host of ours is not for this app, and the other one does all of it. It stands around the router and not in it, where each
 * middleware makes a chain of promises of an answer that is there at once.
 */
export function receive(
  deps: Deps,
  metrics: Metrics,
  elsewhere: Elsewhere,
  route: Fetch<Env['Bindings']>,
): Fetch<Bindings | undefined> {
  const { settings, log } = deps
  const { host } = new URL(settings.issuer)
  const common = { ...commonHeaders(settings), ...NO_STORE }

  return (request, bindings) => {
    const started = performance.now()
    const requestId = randomUUID()
    const peer = bindings?.incoming?.socket?.remoteAddress
    const forwarded = settings.trustedProxyHops > 0 ? request.headers.get('x-forwarded-for') : null
    const address = clientAddress(peer, forwarded, settings.trustedProxyHops)
    const visit: Visit = {
      requestId,
      address,
      route: 'other',
      common,
      headers: { 'x-request-id': requestId },
      cookies: [],
    }
    const env = { ...bindings, visit }

    const finish = (response: Response): Response => {
      const elapsed = performance.now() - started
      metrics.observe(visit.route, response.status, elapsed)
      note(log, visit, response.status, elapsed)
      return response
    }

    const asked = request.headers.get('host') ?? host
    if (asked === host || ANY_HOST.has(getPath(request))) {
      const answered = route(request, env)
      return answered instanceof Promise ? answered.then(finish) : finish(answered)
    }
    const refuse = (error: unknown) => finish(refusal(new Context<Env>(request, { env }), error))
    return elsewhere(asked, address).then(
      (there) => there?.fetch(request, bindings) ?? refuse(new Problem('unknown_host')),
      refuse,
    )
  }
}

/** Here no router catches what fails. */
function refusal(c: Http, error: unknown): Response {
  const problem = problemOf(error)
  if (problem.code === 'internal') c.env.visit.failure = error
  return problemResponse(c, problem)
}

/** A failed handler leaves nothing behind in the answer to its failure. */
export function startHeadersOver(c: Http, { settings }: Deps): void {
  const visit = c.env.visit
  visit.common = { ...commonHeaders(settings), ...NO_STORE }
  const { 'dpop-nonce': nonce } = visit.headers
  // whoever was refused for want of a nonce finds it there
  visit.headers = { 'x-request-id': visit.requestId, ...(nonce ? { 'dpop-nonce': nonce } : {}) }
  visit.cookies = []
  if (visit.allow) visit.headers.allow = visit.allow
}

/** The row of the access table, never the path: a log line that nobody else writes. */
function note(log: Deps['log'], { requestId, route, failure }: Visit, status: number, elapsed: number): void {
  if (failure === undefined && !log.isLevelEnabled('info')) return
  const line = { requestId, route, status, ms: Math.round(elapsed * 10) / 10 }
  if (failure !== undefined) log.error({ ...line, error: failure }, 'unexpected failure')
  else log.info(line, 'request')
}
