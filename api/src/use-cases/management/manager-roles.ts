import type { ManagerRoles } from '@vestibule/shared/contract/managed-managers.ts'
import { permissionsOf, type Role, scopeOf } from '@vestibule/shared/roles.ts'
import type { Deps, Executor } from '../../deps.ts'
import { isId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { mustLeaveOwner } from '../deletion/must-leave-owner.ts'
import { recordEvent } from '../record-event.ts'
import { changeAsManager } from './change.ts'
import { openCursor, type Paging, pageOf } from './cursor.ts'
import { actAsManager, type Manager, type ManagerHandle, mustNotOutrank, type Owner, permissionsOn } from './manager.ts'

type Row = { userId: UserId; role: Role }

/** Who has which role in an organization or, without one, on the instance, by users. @throws Problem as actAsManager, cursor_invalid */
export function listManagers(
  deps: Deps,
  handle: ManagerHandle,
  organization: string | null,
  { limit, after }: Paging,
): Promise<{ managers: { user: string; role: Role }[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    const list = ['managers', owner]
    const key = openCursor(deps, list, after)
    const [userId, role] = key?.split(' ') ?? []
    const behind = userId && role ? { userId: userId as UserId, role: role as Role } : null
    const found = await deps.repositories.managerRoles.listOfScope(tx, { scope: owner, after: behind, most: limit + 1 })
    const keyOf = (row: Row) => `${row.userId} ${row.role}`
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf })
    return { managers: rows.map((row) => ({ user: row.userId, role: row.role })), next }
  })
}

/**
 * The roles of a user there, in the place of those before. Nobody gives what they do not have themselves, or takes it from somebody who has
 * more, and an owner is left.
 * @throws Problem as changeAsManager, not_found, forbidden, last_owner, invalid_input for a role that is not granted there
 */
export const setManagerRoles = (
  deps: Deps,
  handle: ManagerHandle,
  { organization, user }: { organization: string | null; user: string },
  wanted: readonly Role[],
): Promise<ManagerRoles> =>
  changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const id = await getGrantee(deps, tx, owner, user)
    await mustNotOutrank(deps, tx, manager, id)
    const roles = [...new Set(wanted)]
    const ground = owner === 'instance' ? 'instance' : 'organization'
    if (roles.some((role) => scopeOf(role) !== ground))
      throw new Problem('invalid_input', { fields: { roles: ['not_allowed'] } })
    mustHold(manager, owner, roles)
    const { managerRoles } = deps.repositories
    const before = (await managerRoles.listOfUser(id, tx))
      .filter(({ scope }) => scope === owner)
      .map(({ role }) => role)
    const lost = before.filter((role) => !roles.includes(role))
    if (lost.some((role) => role.endsWith('_owner'))) await mustLeaveOwner(deps, tx, id, owner)
    for (const role of lost) await managerRoles.revoke(tx, { userId: id, scope: owner, role })
    for (const role of roles) await managerRoles.grant(tx, { userId: id, scope: owner, role })
    if (lost.length > 0 || roles.length > before.length)
      await recordEvent(deps, tx, {
        type: 'manager.roles_changed',
        organizationId: owner,
        actor: manager.id,
        target: id,
        data: { roles, before },
      })
    return { user: id, roles }
  })

/** Of this organization; on the instance anybody. Service users are users too. @throws Problem not_found */
async function getGrantee({ repositories }: Deps, tx: Executor, owner: Owner, user: string): Promise<UserId> {
  const person = isId('usr', user) ? await repositories.users.findPerson(user, tx) : null
  if (!person || (owner !== 'instance' && person.organizationId !== owner)) throw new Problem('not_found')
  return person.id
}

/** @throws Problem forbidden */
function mustHold({ roles }: Manager, owner: Owner, given: readonly Role[]): void {
  const own = permissionsOn(roles, owner)
  if (given.flatMap(permissionsOf).some((permission) => !own.has(permission))) throw new Problem('forbidden')
}
