import { managedProjectRoutes as routes } from '@vestibule/shared/contract/managed-projects.ts'
import type { Deps } from '../../deps.ts'
import {
  listProjectGrants,
  listUserGrants,
  removeUserGrant,
  setUserGrant,
} from '../../use-cases/management/projects/grants.ts'
import {
  changeProject,
  createProject,
  deleteProject,
  getProject,
  listProjects,
} from '../../use-cases/management/projects/manage-projects.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** What managers do with projects, and with what users are in them. */
export function mountManagedProjects(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.listProjects)((who, { params, query }) => listProjects(deps, who, params.organization, query))
  serve(routes.createProject)((who, { params, body }) => createProject(deps, who, params.organization, body))
  serve(routes.getProject)((who, { params }) => getProject(deps, who, params))
  serve(routes.changeProject)((who, { params, body }) => changeProject(deps, who, params, body))
  serve(routes.deleteProject)((who, { params }) => deleteProject(deps, who, params))
  serve(routes.listProjectGrants)((who, { params, query }) => listProjectGrants(deps, who, params, query))
  serve(routes.listUserGrants)(async (who, { params }) => ({ grants: await listUserGrants(deps, who, params) }))
  serve(routes.setUserGrant)((who, { params, body }) => setUserGrant(deps, who, params, body.roles))
  serve(routes.removeUserGrant)((who, { params }) => removeUserGrant(deps, who, params))
}
