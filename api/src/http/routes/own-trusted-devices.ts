import { ownTrustedDeviceRoutes } from '@vestibule/shared/contract/own-trusted-devices.ts'
import type { Deps } from '../../deps.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { removeTrustedDevice, trustedDevicesOf } from '../../use-cases/trusted-devices/own-trusted-devices.ts'
import { accountHandle } from '../actor.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** The browsers that are not asked for a second factor, on the account pages. */
export function mountOwnTrustedDevices(mount: Mount, deps: Deps): void {
  implement(
    mount,
    ownTrustedDeviceRoutes.listTrustedDevices,
  )(async (_input, c) => trustedDevicesOf(deps, await currentAccount(deps, accountHandle(c, deps.settings))))
  implement(
    mount,
    ownTrustedDeviceRoutes.removeTrustedDevice,
  )(({ body }, c) => removeTrustedDevice(deps, accountHandle(c, deps.settings), body.id))
}
