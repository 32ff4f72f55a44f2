import { applicationsRoutes } from '@vestibule/shared/contract/applications.ts'
import { profileRoutes } from '@vestibule/shared/contract/profile.ts'
import type { Deps } from '../../deps.ts'
import { listApplications, revokeApplication } from '../../use-cases/me/applications.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { changeProfile, getProfile } from '../../use-cases/me/profile.ts'
import { accountHandle } from '../actor.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** What people say of themselves, and whom they let know. */
export function mountProfile(mount: Mount, deps: Deps): void {
  implement(
    mount,
    profileRoutes.getProfile,
  )(async (_input, c) => getProfile(deps, await currentAccount(deps, accountHandle(c, deps.settings))))
  implement(
    mount,
    profileRoutes.changeProfile,
  )(async ({ body }, c) => changeProfile(deps, accountHandle(c, deps.settings), body))
  implement(
    mount,
    applicationsRoutes.listApplications,
  )(async (_input, c) => ({
    applications: await listApplications(deps, await currentAccount(deps, accountHandle(c, deps.settings))),
  }))
  implement(
    mount,
    applicationsRoutes.revokeApplication,
  )(async ({ body }, c) => ({
    applications: await revokeApplication(deps, accountHandle(c, deps.settings), body.application),
  }))
}
