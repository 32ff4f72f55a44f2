import type { ManagedFactor } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps } from '../../../deps.ts'
import { isId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { noteFactor } from '../../factors/note-factor.ts'
import { endSessions } from '../../sign-out/end-sessions.ts'
import { actAsManager, type ManagerHandle } from '../manager.ts'
import { changeMember, getMember, type MemberPlace } from './member.ts'

/** What a person has besides a password, the oldest first. @throws Problem as actAsManager, not_found */
export function listUserFactors(
  deps: Deps,
  handle: ManagerHandle,
  { organization, user }: MemberPlace,
): Promise<ManagedFactor[]> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    const { id } = await getMember(deps, tx, owner, user)
    const held = await deps.repositories.credentials.listOfUser(id, tx)
    return held.map(({ createdAt, lastUsedAt, ...rest }) => ({
      ...rest,
      createdAt: new Date(createdAt).toISOString(),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    }))
  })
}

/**
 * Takes away what a person lost, even the last of them: they set up another, or reset their password. Sessions that rest on it end, and its
 * owner is told. @throws Problem as changeMember, not_found
 */
export const removeUserFactor = (
  deps: Deps,
  handle: ManagerHandle,
  { factor: id, ...place }: MemberPlace & { factor: string },
): Promise<{ done: boolean }> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    const { credentials, sessions, trustedDevices } = deps.repositories
    const factor = (await credentials.listOfUser(member.id, tx)).find((one) => one.id === id)
    if (!factor || !isId('crd', id) || factor.type === 'password') throw new Problem('not_found')
    if (!(await credentials.remove(tx, id, member.id))) throw new Problem('not_found')
    await trustedDevices.removeOfUser(tx, member.id)
    const live = await sessions.listLiveOfUser(member.id, deps.clock.now(), tx)
    const resting = live.filter(({ session }) => session.checks.some((check) => check.credential === id))
    const endings = resting.map(({ session }) => ({ session, user: member }))
    await endSessions(deps, tx, endings, { keepOffline: false, actor: manager.id })
    await noteFactor(deps, tx, member, { happened: 'removed', factor: factor.type, credential: id, by: manager.id })
    return { done: true }
  })
