import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps, Executor, ListedUser } from '../../../deps.ts'
import type { EventType } from '../../../domain/events.ts'
import type { UserId } from '../../../domain/ids.ts'
import type { UserState } from '../../../domain/user.ts'
import { deleteAccount } from '../../deletion/delete-accounts.ts'
import { mustLeaveOwner } from '../../deletion/must-leave-owner.ts'
import { endOutstanding } from '../../password/set-password.ts'
import { recordEvent } from '../../record-event.ts'
import { endAccess } from '../../sign-out/end-access.ts'
import { endSessions } from '../../sign-out/end-sessions.ts'
import type { ManagerHandle } from '../manager.ts'
import { changeMember, type MemberPlace, viewNow } from './member.ts'

/** Shuts a person out: every session and grant ends, and so does what was sent to them. @throws Problem as changeMember, last_owner */
export const deactivateUser = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<ManagedUser> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    if (member.state !== 'deactivated') {
      await mustLeaveOwner(deps, tx, member.id)
      await turn(deps, tx, { member, by: manager.id, state: 'deactivated', type: 'user.deactivated' })
      await endAccess(deps, tx, member, null, manager.id)
    }
    return viewNow(deps, tx, member.id)
  })

/** Lets in again who was deactivated; a lock is not ended by it. @throws Problem as changeMember */
export const reactivateUser = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<ManagedUser> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    if (member.state === 'deactivated')
      await turn(deps, tx, { member, by: manager.id, state: 'active', type: 'user.reactivated' })
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
      await turn(deps, tx, { member, by: manager.id, state: 'locked', type: 'user.locked' })
      const live = await deps.repositories.sessions.listLiveOfUser(member.id, deps.clock.now(), tx)
      const endings = live.map(({ session }) => ({ session, user: member }))
      await endSessions(deps, tx, endings, { keepOffline: true, actor: manager.id })
      await deps.repositories.trustedDevices.removeOfUser(tx, member.id)
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

type Turn = { member: ListedUser; by: UserId | null; state: UserState; type: EventType }

async function turn(deps: Deps, tx: Executor, { member, by, state, type }: Turn): Promise<void> {
  await endOutstanding(deps, tx, member.id)
  await deps.repositories.users.change(tx, member.id, { state }, deps.clock.now())
  await recordEvent(deps, tx, { type, organizationId: member.organizationId, actor: by, target: member.id })
}
