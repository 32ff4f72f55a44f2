import { traceRoutes as routes } from '@vestibule/shared/contract/traces.ts'
import type { Deps } from '../../deps.ts'
import { getTrace, listTraces } from '../../use-cases/management/traces.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** Why requests of applications were refused, for those who manage them. */
export function mountTraces(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)
  serve(routes.getTrace)((who, { params }) => getTrace(deps, who, params))
  serve(routes.getInstanceTrace)((who, { params }) => getTrace(deps, who, { organization: null, ...params }))
  serve(routes.listTraces)(async (who, { params }) => ({ traces: await listTraces(deps, who, params) }))
}
