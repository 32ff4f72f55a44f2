import { outcomesOf, type TraceCheck, type TraceOutcome } from '@vestibule/shared/trace.ts'
import type { Deps } from '../../deps.ts'
import { differsAt } from '../../domain/traces/redacted.ts'
import { isTraceId, type Trace } from '../../domain/traces/trace.ts'

/** A trace with every check of its endpoint, and where two addresses begin to differ. */
export type ShownTrace = Trace & {
  checks: { check: TraceCheck; outcome: TraceOutcome }[]
  /** The place in `got`, from 0; null where there is nothing to compare. */
  differsAt: number | null
}

const shownTrace = (trace: Trace): ShownTrace => ({
  ...trace,
  checks: outcomesOf(trace.path, trace.check),
  differsAt:
    trace.check === 'redirect_uri' && trace.expected && trace.got ? differsAt(trace.expected, trace.got) : null,
})

/** Whoever runs the server may read each of them. */
export async function findTrace({ repositories }: Deps, id: string): Promise<ShownTrace | null> {
  const trace = isTraceId(id) ? await repositories.traces.find(id) : null
  return trace && shownTrace(trace)
}
