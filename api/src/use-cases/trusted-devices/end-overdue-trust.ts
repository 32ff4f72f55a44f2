import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'

/**
 * Asked before and after a change of the login policy: trust that is over by what counts now goes, so that a policy that becomes longer
 * brings none of it back.
 */
export async function endOverdueTrust({ repositories, clock }: Deps, tx: Executor, owner: OrganizationId | 'instance') {
  const { value } = await repositories.policies.resolve('login', owner === 'instance' ? null : owner, tx)
  const until = clock.now() - value.trustedDeviceLifetime * 1000
  await repositories.trustedDevices.removeCheckedUntil(tx, owner, until)
}
