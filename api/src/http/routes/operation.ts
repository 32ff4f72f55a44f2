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

export function mountOperation(mount: Mount, deps: Deps, metrics: Metrics, lifecycle: Lifecycle): void {
  mount('GET /healthz', (c) => answerJson(c, { status: 'alive' }))
  mount('GET /readyz', async (c) => {
    if (lifecycle.isStopping) throw new Problem('temporarily_unavailable', { retryAfter: 5 })
    // an empty write transaction: the database answers and can be written
    await deps.db.transaction(async () => undefined)
    return answerJson(c, { status: 'ready' })
  })
  mount('GET /metrics', async (c) => {
    mustBeOperator(c, deps)
    return answer(c, await metrics.text(), 200, { 'content-type': metrics.contentType })
  })
}

/** With METRICS_TOKEN whoever shows it; without, only this machine, and only where no proxy stands in front. */
function mustBeOperator(c: Http, { settings }: Deps): void {
  const { metricsToken, trustedProxyHops } = settings
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const isHere =
    trustedProxyHops === 0 &&
    isLoopback(
      c
        .get('visit')
        .address.replace(/^::ffff:/, '')
        .replace(/^::1$/, '[::1]'),
    )
  if (metricsToken ? token === undefined || !equalSecrets(token, metricsToken) : !isHere) throw new Problem('not_found')
}
