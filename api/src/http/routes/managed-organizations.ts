import { managedOrganizationRoutes as routes } from '@vestibule/shared/contract/managed-organizations.ts'
import type { Deps } from '../../deps.ts'
import { removeLoginDomain, setLoginDomain } from '../../use-cases/management/organizations/login-domain.ts'
import {
  createOrganization,
  deactivateOrganization,
  getOrganization,
  listOrganizations,
  reactivateOrganization,
  renameOrganization,
} from '../../use-cases/management/organizations/manage-organizations.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** What managers do with organizations themselves. */
export function mountManagedOrganizations(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.listOrganizations)((who, { query }) => listOrganizations(deps, who, query))
  serve(routes.createOrganization)((who, { body }) => createOrganization(deps, who, body))
  serve(routes.getOrganization)((who, { params }) => getOrganization(deps, who, params.organization))
  serve(routes.changeOrganization)((who, { params, body }) => renameOrganization(deps, who, params.organization, body))
  serve(routes.setLoginDomain)((who, { params, body }) => setLoginDomain(deps, who, params.organization, body))
  serve(routes.removeLoginDomain)((who, { params }) => removeLoginDomain(deps, who, params.organization))
  serve(routes.deactivateOrganization)((who, { params }) => deactivateOrganization(deps, who, params.organization))
  serve(routes.reactivateOrganization)((who, { params }) => reactivateOrganization(deps, who, params.organization))
}
