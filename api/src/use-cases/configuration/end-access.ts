import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { endOutstanding } from '../password/set-password.ts'
import { endAccess as endSessionsAndGrants } from '../sign-out/end-access.ts'
import type { Execution } from './execution.ts'

/** Ends every session and grant of a person, offline access included, and what was sent to them. */
export async function endAccess(
  { deps, tx, actor = null }: Execution,
  user: { id: UserId; organizationId: OrganizationId },
): Promise<void> {
  await endOutstanding(deps, tx, user.id)
  await endSessionsAndGrants(deps, tx, user, null, actor)
}
