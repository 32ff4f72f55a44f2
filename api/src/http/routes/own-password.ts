import { ownPasswordRoutes } from '@vestibule/shared/contract/own-password.ts'
import type { Deps } from '../../deps.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { changeOwnPassword, getOwnPassword } from '../../use-cases/password/own-password.ts'
import { accountHandle } from '../actor.ts'
import { writeDevice } from '../cookies.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** The password on the account pages. */
export function mountOwnPassword(mount: Mount, deps: Deps): void {
  implement(
    mount,
    ownPasswordRoutes.getOwnPassword,
  )(async (_input, c) => getOwnPassword(deps, await currentAccount(deps, accountHandle(c, deps.settings))))
  implement(
    mount,
    ownPasswordRoutes.changeOwnPassword,
  )(async ({ body }, c) => {
    const visitor = { userAgent: c.req.header('user-agent') ?? '', address: c.env.visit.address }
    const changed = await changeOwnPassword(deps, accountHandle(c, deps.settings), { ...body, ...visitor })
    writeDevice(c, deps.settings, changed.cookie)
    return changed.password
  })
}
