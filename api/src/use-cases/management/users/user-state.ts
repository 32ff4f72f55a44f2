import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps } from '../../../deps.ts'
import { deleteAccount } from '../../deletion/delete-accounts.ts'
import { mustLeaveOwner } from '../../deletion/must-leave-owner.ts'
import { endAccess } from '../../sign-out/end-access.ts'
import { changeState } from '../../users/change-state.ts'
import type { ManagerHandle } from '../manager.ts'
import { changeMember, type MemberPlace, viewNow } from './member.ts'

/** Shuts a person out: every session and grant ends, and so does what was sent to them. @throws Problem as changeMember, last_owner */
export const deactivateUser = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<ManagedUser> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    if (member.state !== 'deactivated') {
      await mustLeaveOwner(deps, tx, member.id)
      await changeState(deps, tx, member, 'deactivated', manager.id)
    }
    return viewNow(deps, tx, member.id)
  })

/** Lets in again who was deactivated; a lock is not ended by it. @throws Problem as changeMember */
export const reactivateUser = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<ManagedUser> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    if (member.state === 'deactivated') await changeState(deps, tx, member, 'active', manager.id)
    return viewNow(deps, tx, member.id)
  })

/**
 * Nothing lets a person in until a manager unlocks them; every session ends, and what was granted for offline access waits.
 * @throws Problem as changeMember, last_owner
 */
export const lockUser = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<ManagedUser> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    if (member.state === 'active') {
      await mustLeaveOwner(deps, tx, member.id)
      await changeState(deps, tx, member, 'locked', manager.id)
    }
    return viewNow(deps, tx, member.id)
  })

/** The person with everything that hangs on them, at once. @throws Problem as changeMember, last_owner */
export const deleteUser = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<{ done: boolean }> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    await mustLeaveOwner(deps, tx, member.id)
    await endAccess(deps, tx, member, null, manager.id)
    await deps.repositories.departures.hasten(tx, member.id, deps.clock.now())
    return { done: await deleteAccount(deps, tx, member.id, manager.id) }
  })
