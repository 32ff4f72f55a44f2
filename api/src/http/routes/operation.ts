import { equalSecrets } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import { isLoopback } from '../../domain/loopback.ts'
import { Problem } from '../../domain/problem.ts'
import type { Metrics } from '../../metrics.ts'
import { answer, answerJson } from '../answer.ts'
import type { Http } from '../env.ts'
import type { Mount } from '../mount.ts'

/** Whether the server takes requests: false once it was told to stop. */
export type Lifecycle = { isStopping: boolean }

/** Probes may ask as often as they like; the database is written once in this time. Milliseconds. */
const ASKED_EVERY = 1_000

export function mountOperation(mount: Mount, deps: Deps, metrics: Metrics, lifecycle: Lifecycle): void {
  const mustBeWritable = createWritableCheck(deps)
  mount('GET /healthz', (c) => answerJson(c, { status: 'alive' }))
  mount('GET /readyz', async (c) => {
    if (lifecycle.isStopping) throw new Problem('temporarily_unavailable', { retryAfter: 5 })
    await mustBeWritable()
    return answerJson(c, { status: 'ready' })
  })
  mount('GET /metrics', async (c) => {
    mustBeOperator(c, deps)
    const { text, contentType } = await metrics.read()
    return answer(c, text, 200, { 'content-type': contentType })
  })
}

/** Writes a row: an empty transaction succeeds on a full disk too. The function throws Unavailable when it can not. */
function createWritableCheck({ db, repositories, clock }: Deps): () => Promise<void> {
  let last = { at: Number.NEGATIVE_INFINITY, outcome: Promise.resolve() }
  const write = async () => {
    const now = clock.now()
    // a value that changes, because a row that stays the same is not written
    const row = { name: 'readiness', holder: 'readiness', now, expiresAt: now }
    await db.transaction((tx) => repositories.leases.take(tx, row))
  }
  return () => {
    const at = performance.now()
    if (at - last.at >= ASKED_EVERY) last = { at, outcome: write() }
    return last.outcome
  }
}

/** With METRICS_TOKEN whoever shows it; without, only this machine, and only where no proxy stands in front. */
function mustBeOperator(c: Http, { settings }: Deps): void {
  const { metricsToken, trustedProxyHops } = settings
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const isHere =
    trustedProxyHops === 0 && isLoopback(c.env.visit.address.replace(/^::ffff:/, '').replace(/^::1$/, '[::1]'))
  if (metricsToken ? token === undefined || !equalSecrets(token, metricsToken) : !isHere) throw new Problem('not_found')
}
