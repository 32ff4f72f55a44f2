import { serviceUserCredentialRoutes } from '@vestibule/shared/contract/managed-service-user-credentials.ts'
import { managedServiceUserRoutes } from '@vestibule/shared/contract/managed-service-users.ts'
import type { Deps } from '../../deps.ts'
import {
  createKey,
  createToken,
  deleteKey,
  deleteToken,
  listKeys,
  listTokens,
  newSecret,
  takeSecretAway,
} from '../../use-cases/management/service-users/credentials.ts'
import { getServiceUser, listServiceUsers } from '../../use-cases/management/service-users/service-member.ts'
import {
  changeServiceUser,
  createServiceUser,
  deactivateServiceUser,
  deleteServiceUser,
  reactivateServiceUser,
} from '../../use-cases/management/service-users/service-state.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

const routes = { ...managedServiceUserRoutes, ...serviceUserCredentialRoutes }

/** What managers do with service users, their keys, secrets and tokens. */
export function mountManagedServiceUsers(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.listServiceUsers)((who, { params, query }) => listServiceUsers(deps, who, params.organization, query))
  serve(routes.createServiceUser)((who, { params, body }) => createServiceUser(deps, who, params.organization, body))
  serve(routes.getServiceUser)((who, { params }) => getServiceUser(deps, who, params))
  serve(routes.changeServiceUser)((who, { params, body }) => changeServiceUser(deps, who, params, body))
  serve(routes.deleteServiceUser)((who, { params }) => deleteServiceUser(deps, who, params))
  serve(routes.deactivateServiceUser)((who, { params }) => deactivateServiceUser(deps, who, params))
  serve(routes.reactivateServiceUser)((who, { params }) => reactivateServiceUser(deps, who, params))
  serve(routes.renewServiceUserSecret)((who, { params }) => newSecret(deps, who, params))
  serve(routes.removeServiceUserSecret)((who, { params }) => takeSecretAway(deps, who, params))
  serve(routes.listServiceUserKeys)(async (who, { params }) => ({ keys: await listKeys(deps, who, params) }))
  serve(routes.createServiceUserKey)((who, { params, body }) => createKey(deps, who, params, body))
  serve(routes.removeServiceUserKey)((who, { params }) => deleteKey(deps, who, params))
  serve(routes.listServiceUserTokens)(async (who, { params }) => ({ tokens: await listTokens(deps, who, params) }))
  serve(routes.createServiceUserToken)((who, { params, body }) => createToken(deps, who, params, body))
  serve(routes.removeServiceUserToken)((who, { params }) => deleteToken(deps, who, params))
}
