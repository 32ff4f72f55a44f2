import type { Deps, Executor } from '../../deps.ts'
import type { EventType } from '../../domain/events.ts'
import type { UserId } from '../../domain/ids.ts'
import type { UserState } from '../../domain/user.ts'
import { endOutstanding } from '../password/set-password.ts'
import { recordEvent } from '../record-event.ts'
import { endAccess } from '../sign-out/end-access.ts'
import { endSessions } from '../sign-out/end-sessions.ts'
import type { Member } from './find-by-login-name.ts'
import { unlockUser } from './unlock-user.ts'

/**
 * Shuts a person out, or lets them in again: the same by a manager and by an operator's file (`actor` null). What was sent to them opens
 * nothing, every session ends, no browser is trusted any more. Whoever is deactivated loses all that was granted; under a lock what was
 * granted for offline access waits. Nothing happens where they are in that state already.
 */
export async function changeState(
  deps: Deps,
  tx: Executor,
  { state: before, ...user }: Member & { state: UserState },
  state: UserState,
  actor: UserId | null,
): Promise<void> {
  if (state === before) return
  if (state === 'active' && before === 'locked') {
    await unlockUser(deps, tx, user, actor)
    return
  }
  await endOutstanding(deps, tx, user.id)
  await deps.repositories.users.change(tx, user.id, { state }, deps.clock.now())
  await recordEvent(deps, tx, { type: EVENT[state], organizationId: user.organizationId, actor, target: user.id })
  if (state === 'deactivated') await endAccess(deps, tx, user, null, actor)
  if (state === 'locked') await endForLock(deps, tx, user, actor)
}

const EVENT: Readonly<Record<UserState, EventType>> = {
  locked: 'user.locked',
  deactivated: 'user.deactivated',
  active: 'user.reactivated',
}

async function endForLock(deps: Deps, tx: Executor, user: Member, actor: UserId | null): Promise<void> {
  const live = await deps.repositories.sessions.listLiveOfUser(user.id, deps.clock.now(), tx)
  const endings = live.map(({ session }) => ({ session, user }))
  await endSessions(deps, tx, endings, { keepOffline: true, actor })
  await deps.repositories.trustedDevices.removeOfUser(tx, user.id)
}
