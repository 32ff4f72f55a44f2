import { managedUserRoutes as routes } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps } from '../../deps.ts'
import { changeUser } from '../../use-cases/management/users/change-user.ts'
import { createUser } from '../../use-cases/management/users/create-user.ts'
import { listUserFactors, removeUserFactor } from '../../use-cases/management/users/factors.ts'
import { getUser, listUsers } from '../../use-cases/management/users/list-users.ts'
import { setUserPassword, setupLinkFor } from '../../use-cases/management/users/passwords.ts'
import { endUserSession, endUserSessions, listUserSessions } from '../../use-cases/management/users/sessions.ts'
import { deactivateUser, deleteUser, lockUser, reactivateUser } from '../../use-cases/management/users/user-state.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'

/** What managers do with the people of an organization. */
export function mountManagedUsers(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.listUsers)((who, { params, query }) => listUsers(deps, who, params.organization, query))
  serve(routes.createUser)((who, { params, body }) => createUser(deps, who, params.organization, body))
  serve(routes.getUser)((who, { params }) => getUser(deps, who, params))
  serve(routes.changeUser)((who, { params, body }) => changeUser(deps, who, params, body))
  serve(routes.deleteUser)((who, { params }) => deleteUser(deps, who, params))
  serve(routes.deactivateUser)((who, { params }) => deactivateUser(deps, who, params))
  serve(routes.reactivateUser)((who, { params }) => reactivateUser(deps, who, params))
  serve(routes.lockUser)((who, { params }) => lockUser(deps, who, params))
  serve(routes.setUserPassword)((who, { params, body }) => setUserPassword(deps, who, params, body))
  serve(routes.createSetupLink)((who, { params }) => setupLinkFor(deps, who, params))
  serve(routes.listUserSessions)(async (who, { params }) => ({ sessions: await listUserSessions(deps, who, params) }))
  serve(routes.endUserSessions)((who, { params }) => endUserSessions(deps, who, params))
  serve(routes.endUserSession)((who, { params }) => endUserSession(deps, who, params))
  serve(routes.listUserFactors)(async (who, { params }) => ({ factors: await listUserFactors(deps, who, params) }))
  serve(routes.removeUserFactor)((who, { params }) => removeUserFactor(deps, who, params))
}
