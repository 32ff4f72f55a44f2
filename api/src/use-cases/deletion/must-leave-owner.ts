import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'

/**
 * Somebody else must be left who may do everything, on the instance and in each organization that this person owns, or only at `where`. The roles are held
 * to the end of the transaction, so that of two owners who leave at the same moment one stays.
 * @throws Problem last_owner
 */
export async function mustLeaveOwner(
  { repositories }: Deps,
  tx: Executor,
  userId: UserId,
  where: string | null = null,
): Promise<void> {
  const { managerRoles, departures } = repositories
  for (const { role, scope } of await managerRoles.listOfUser(userId, tx)) {
    if (role !== 'instance_owner' && role !== 'organization_owner') continue
    if (where !== null && scope !== where) continue
    const others = (await managerRoles.holdAll(tx, scope, role)).filter((id) => id !== userId)
    if (!(await departures.isOneStaying(tx, others))) throw new Problem('last_owner')
  }
}
