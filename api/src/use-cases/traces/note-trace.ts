import type { TracePath } from '@vestibule/shared/trace.ts'
import type { Deps, KnownApplication } from '../../deps.ts'
import { redacted, redactedUri } from '../../domain/traces/redacted.ts'
import type { Trace } from '../../domain/traces/trace.ts'

/** A request that was refused, as it came. */
export type Refusal = Pick<Trace, 'id' | 'error' | 'check' | 'reason'> & {
  path: TracePath
  /** Whose request it was, where that is known. */
  client: Pick<KnownApplication, 'id' | 'organizationId'> | null
  /** Whose it says it is. */
  clientId: string | null
  expected?: string | undefined
  got?: string | undefined
  /** Values of the request that nobody may read. */
  secrets: readonly string[]
}

/**
 * Keeps why a request was refused, without anything secret, in a transaction of its own. The application that the request names is looked up,
 * proven or not: whose secret is wrong wants to read that. Whether there is such a one changes nothing about the work.
 * A trace that can not be written is counted and missed: the answer is what matters.
 */
export async function noteTrace(deps: Deps, refusal: Refusal): Promise<void> {
  const { db, clock, repositories, tallies, log } = deps
  try {
    const client = refusal.client ?? (await named(deps, refusal.clientId))
    const { expected, got, clientId, secrets, client: _client, ...rest } = refusal
    const isUri = rest.check === 'redirect_uri'
    const row: Trace = {
      ...rest,
      at: clock.now(),
      owner: client?.organizationId ?? 'instance',
      applicationId: client?.id ?? null,
      clientId: clientId === null ? null : redacted(clientId, secrets),
      expected: expected === undefined ? null : isUri ? expected : redacted(expected),
      got: got === undefined ? null : isUri ? redactedUri(got, expected ?? '', secrets) : redacted(got, secrets),
    }
    await db.transaction((tx) => repositories.traces.create(tx, row))
    tallies.traces.add('written')
  } catch (error) {
    tallies.traces.add('failed')
    log.warn({ requestId: refusal.id, error }, 'a trace could not be written')
  }
}

async function named({ repositories }: Deps, clientId: string | null) {
  const name = clientId ?? ''
  return name.includes('\0') ? null : repositories.applications.findActiveByClientId(name.slice(0, 256))
}
