import { managedManagerRoutes as routes } from '@vestibule/shared/contract/managed-managers.ts'
import type { Deps } from '../../deps.ts'
import { listManagers, setManagerRoles } from '../../use-cases/management/manager-roles.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** Who manages, in an organization and on the instance. */
export function mountManagedManagers(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)
  const onInstance = { organization: null }

  serve(routes.listManagers)((who, { params, query }) => listManagers(deps, who, params.organization, query))
  serve(routes.setManager)((who, { params, body }) => setManagerRoles(deps, who, params, body.roles))
  serve(routes.listInstanceManagers)((who, { query }) => listManagers(deps, who, null, query))
  serve(routes.setInstanceManager)((who, { params, body }) =>
    setManagerRoles(deps, who, { ...onInstance, ...params }, body.roles),
  )
}
