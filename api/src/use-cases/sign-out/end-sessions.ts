import type { Deps, Executor, LogoutParty } from '../../deps.ts'
import type { OrganizationId, SessionId, UserId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'
import { tellApplications } from './tell-applications.ts'

type Ending = { session: { id: SessionId }; user: { id: UserId; organizationId: OrganizationId } }

/**
 * Ends sessions with what hangs on them. A person's own sign-out keeps what was granted for offline access; ending a session from a
 * list takes that too. Out: how many were still running, and who took part in them.
 */
export async function endSessions(
  deps: Deps,
  tx: Executor,
  endings: readonly Ending[],
  {
    keepOffline,
    actor,
  }: { keepOffline: boolean /** Who ends them; their owner when nobody is said. */; actor?: UserId | null },
): Promise<{ ended: number; parties: LogoutParty[] }> {
  const now = deps.clock.now()
  const ids = endings.map(({ session }) => session.id)
  const ended = await deps.repositories.sessions.end(tx, ids, now)
  const parties = await tellApplications(deps, tx, ended)
  await deps.repositories.grants.revokeOfSessions(tx, ids, keepOffline, now)
  for (const { session, user } of endings) {
    if (!ended.includes(session.id)) continue
    await recordEvent(deps, tx, {
      type: 'session.ended',
      organizationId: user.organizationId,
      actor: actor === undefined ? user.id : actor,
      target: session.id,
      person: user.id,
    })
  }
  return { ended: ended.length, parties }
}
