import { managedEventRoutes as routes } from '@vestibule/shared/contract/managed-events.ts'
import type { Deps } from '../../deps.ts'
import { listEvents } from '../../use-cases/management/events/list-events.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** What managers read of what happened. */
export function mountManagedEvents(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.listEvents)((who, { params, query }) => listEvents(deps, who, params.organization, query))
  serve(routes.listInstanceEvents)((who, { query }) => listEvents(deps, who, null, query))
}
