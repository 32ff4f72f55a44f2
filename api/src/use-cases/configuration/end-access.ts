import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'
import { tellApplications } from '../sign-out/tell-applications.ts'

/** Ends every session and grant of a person, offline access included, and the links that wait for them. */
export async function endAccess(
  { deps, tx, now }: { deps: Deps; tx: Executor; now: number },
  user: { id: UserId; organizationId: OrganizationId },
): Promise<void> {
  const { sessions, grants, oneTimeLinks } = deps.repositories
  await oneTimeLinks.deleteOfUser(tx, user.id)
  const live = await sessions.listLiveOfUser(user.id, now, tx)
  const ended = await sessions.end(
    tx,
    live.map(({ session }) => session.id),
    now,
  )
  await tellApplications(deps, tx, ended)
  await grants.revokeOfUser(tx, user.id, now)
  for (const target of ended)
    await recordEvent(deps, tx, {
      type: 'session.ended',
      organizationId: user.organizationId,
      target,
      person: user.id,
    })
}
