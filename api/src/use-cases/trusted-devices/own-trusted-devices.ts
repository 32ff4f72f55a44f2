import type { OwnTrustedDevices } from '@vestibule/shared/contract/own-trusted-devices.ts'
import type { Deps, Executor } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import { endOf, trustIn } from '../../domain/login/trusted-device.ts'
import { Problem } from '../../domain/problem.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { recordEvent } from '../record-event.ts'

/** The browsers in which this person is not asked for a second factor now. */
export async function trustedDevicesOf(
  deps: Deps,
  { account, device }: Pick<AccountActor, 'account' | 'device'>,
  tx?: Executor,
): Promise<OwnTrustedDevices> {
  const now = deps.clock.now()
  const rows = await deps.repositories.trustedDevices.listOfUser(account.user.id, tx)
  const lasting = rows.filter(({ trust }) => trustIn({ trusted: [trust], now }, account) !== null)
  const devices = lasting.map(async ({ trust, userAgent }) => ({
    id: trust.id,
    current: trust.deviceId === device.id,
    ...(await describeBrowser(userAgent)),
    trustedAt: new Date(trust.checkedAt).toISOString(),
    until: new Date(endOf(trust, account.policy)).toISOString(),
  }))
  return { isAllowed: account.policy.trustedDeviceLifetime > 0, devices: await Promise.all(devices) }
}

/**
 * One of them, or all, is asked again from now on. Sessions go on, as long as nothing more is asked of them.
 * @throws Problem unauthenticated, account_changed, reauth_required, not_found
 */
export function removeTrustedDevice(deps: Deps, handle: AccountHandle, which: string): Promise<OwnTrustedDevices> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const { userId, organizationId } = actor.login
    const removed = await remove(deps, tx, userId, which)
    if (removed === 0 && which !== 'all') throw new Problem('not_found')
    if (removed > 0)
      await recordEvent(deps, tx, {
        type: 'user.device_distrusted',
        organizationId,
        actor: userId,
        target: userId,
        data: { devices: removed },
      })
    return trustedDevicesOf(deps, actor, tx)
  })
}

async function remove({ repositories }: Deps, tx: Executor, userId: AccountActor['login']['userId'], which: string) {
  if (which === 'all') return repositories.trustedDevices.removeOfUser(tx, userId)
  return isId('tru', which) && (await repositories.trustedDevices.remove(tx, which, userId)) ? 1 : 0
}
