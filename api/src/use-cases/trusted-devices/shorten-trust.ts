import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'

/**
 * After a change of the login policy: who was trusted for longer than it says now is not, and stays so when it is lengthened again. With 0
 * nobody is trusted any more.
 */
export async function shortenTrust({ repositories }: Deps, tx: Executor, owner: OrganizationId | 'instance') {
  const { value } = await repositories.policies.resolve('login', owner === 'instance' ? null : owner, tx)
  await repositories.trustedDevices.shorten(tx, owner, value.trustedDeviceLifetime * 1000)
}
