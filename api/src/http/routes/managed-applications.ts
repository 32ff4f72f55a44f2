import { managedApplicationRoutes as routes } from '@vestibule/shared/contract/managed-applications.ts'
import type { Deps } from '../../deps.ts'
import {
  changeApplication,
  createApplication,
  deleteApplication,
  rotateSecret,
} from '../../use-cases/management/applications/change-application.ts'
import { getApplication, listApplications } from '../../use-cases/management/applications/list-applications.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** What managers do with the applications of an organization. */
export function mountManagedApplications(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.listApplications)((who, { params, query }) => listApplications(deps, who, params.organization, query))
  serve(routes.createApplication)((who, { params, body }) => createApplication(deps, who, params.organization, body))
  serve(routes.getApplication)((who, { params }) => getApplication(deps, who, params))
  serve(routes.changeApplication)((who, { params, body }) => changeApplication(deps, who, params, body))
  serve(routes.deleteApplication)((who, { params }) => deleteApplication(deps, who, params))
  serve(routes.rotateApplicationSecret)((who, { params, body }) => rotateSecret(deps, who, params, body))
}
