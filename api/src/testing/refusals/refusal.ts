import type { TraceCheck, TracePath, TraceReason } from '@vestibule/shared/trace.ts'
import type { Scene } from '../scene.ts'

/** A request that fails this check of this endpoint, for this reason. */
export type Refusal = [
  path: TracePath,
  check: TraceCheck,
  reason: TraceReason,
  send: (scene: Scene) => Response | Promise<Response>,
]
