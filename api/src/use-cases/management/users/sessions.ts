import type { ManagedSession } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps } from '../../../deps.ts'
import { isId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { describeBrowser } from '../../me/describe-browser.ts'
import { endAccess } from '../../sign-out/end-access.ts'
import { endSessions } from '../../sign-out/end-sessions.ts'
import { actAsManager, type ManagerHandle } from '../manager.ts'
import { changeMember, getMember, type MemberPlace } from './member.ts'

/** Where a person is signed in, newest use first. @throws Problem as actAsManager, not_found */
export async function listUserSessions(
  deps: Deps,
  handle: ManagerHandle,
  { organization, user }: MemberPlace,
): Promise<ManagedSession[]> {
  const rows = await deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    const { id } = await getMember(deps, tx, owner, user)
    return deps.repositories.sessions.listLiveOfUser(id, deps.clock.now(), tx)
  })
  const newest = rows.toSorted((a, b) => b.session.lastUsedAt - a.session.lastUsedAt)
  return Promise.all(
    newest.map(async ({ session, userAgent }) => ({
      id: session.id,
      ...(await describeBrowser(userAgent)),
      checks: session.checks.map(({ factor, at }) => ({ factor, at: isoOf(at) })),
      createdAt: isoOf(session.createdAt),
      lastUsedAt: isoOf(session.lastUsedAt),
      expiresAt: isoOf(session.expiresAt),
    })),
  )
}

const isoOf = (instant: number): string => new Date(instant).toISOString()

/** Every session, and everything that was granted, offline access included. @throws Problem as changeMember */
export const endUserSessions = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<{ done: boolean }> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => ({
    done: (await endAccess(deps, tx, member, null, manager.id)) > 0,
  }))

/** One session with everything of it. @throws Problem as changeMember, not_found for somebody else's */
export const endUserSession = (
  deps: Deps,
  handle: ManagerHandle,
  { session: id, ...place }: MemberPlace & { session: string },
): Promise<{ done: boolean }> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    const found = isId('ses', id) ? await deps.repositories.sessions.findWithUser(id, tx) : null
    if (!found || found.user.id !== member.id) throw new Problem('not_found')
    await deps.repositories.trustedDevices.removeIn(tx, found.session.deviceId, member.id)
    const options = { keepOffline: false, actor: manager.id }
    return { done: (await endSessions(deps, tx, [found], options)).ended > 0 }
  })
