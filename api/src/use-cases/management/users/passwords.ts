import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps } from '../../../deps.ts'
import { Problem } from '../../../domain/problem.ts'
import { mustBeGood } from '../../password/check-new-password.ts'
import { setPassword } from '../../password/set-password.ts'
import { createSetupLink } from '../../password/set-up-password.ts'
import { tellOfChange } from '../../password/tell-of-change.ts'
import { recordEvent } from '../../record-event.ts'
import type { ManagerHandle } from '../manager.ts'
import { changeMember, type MemberPlace, viewNow } from './member.ts'

/**
 * By the rules of where they are. Its owner replaces it at the next sign-in and is told by mail; sessions and grants end.
 * @throws Problem as changeMember, invalid_input; Unavailable
 */
export async function setUserPassword(
  deps: Deps,
  handle: ManagerHandle,
  place: MemberPlace,
  { newPassword }: { newPassword: string },
): Promise<ManagedUser> {
  // whether they may first: what is compared with the passwords of somebody who may do more would say which one is theirs
  const userId = await changeMember(deps, { ...handle, once: null }, place, async (_, { member }) => member.id)
  await mustBeGood(deps, { userId }, newPassword)
  const hash = await deps.passwords.hash(newPassword)
  return changeMember(deps, handle, place, async (tx, { member, manager }) => {
    await setPassword(deps, tx, member, hash, { mustChange: true, actor: manager.id })
    await tellOfChange(deps, tx, member.id, { browser: null, system: null })
    return viewNow(deps, tx, member.id)
  })
}

/**
 * It is shown to the manager, who hands it over; a new one ends those before. Whoever has a way in already gets none: a manager would come in
 * by it. @throws Problem as changeMember, and forbidden for them and for who is not active
 */
export const setupLinkFor = (deps: Deps, handle: ManagerHandle, place: MemberPlace): Promise<{ link: string }> =>
  changeMember(deps, handle, place, async (tx, { member, manager }) => {
    const { users, credentials } = deps.repositories
    const held = await credentials.listOfUser(member.id, tx)
    const hasWayIn = held.length > 0 || (await users.findPassword(member.id, tx)) !== null
    if (member.state !== 'active' || hasWayIn) throw new Problem('forbidden')
    const link = await createSetupLink(deps, tx, member.id)
    const { id: target, organizationId } = member
    await recordEvent(deps, tx, { type: 'user.setup_link_created', organizationId, actor: manager.id, target })
    return { link }
  })
