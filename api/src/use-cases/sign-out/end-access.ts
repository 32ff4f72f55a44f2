import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, SessionId, UserId } from '../../domain/ids.ts'
import { endSessions } from './end-sessions.ts'

/**
 * Ends every session of a person but the one to `keep`, and everything that was granted, that of the kept one and offline access included.
 * No browser is trusted any more.
 * Out: how many sessions ended.
 */
export async function endAccess(
  deps: Deps,
  tx: Executor,
  user: { id: UserId; organizationId: OrganizationId },
  keep: SessionId | null,
  actor: UserId | null = user.id,
): Promise<number> {
  const live = await deps.repositories.sessions.listLiveOfUser(user.id, deps.clock.now(), tx)
  const endings = live.filter(({ session }) => session.id !== keep).map(({ session }) => ({ session, user }))
  const { ended } = await endSessions(deps, tx, endings, { keepOffline: false, actor })
  await deps.repositories.grants.revokeOfUser(tx, user.id, deps.clock.now())
  await deps.repositories.trustedDevices.removeOfUser(tx, user.id)
  return ended
}
