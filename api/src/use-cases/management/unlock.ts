import type { Deps } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { unlockUser } from '../users/unlock-user.ts'
import { changeAsManager } from './change.ts'
import { type ManagerHandle, mustNotOutrank } from './manager.ts'

type Place = { organization: string; user: string }

/** Opens somebody's account again. @throws Problem as actAsManager, and not_found for somebody of another organization */
export function unlockMember(deps: Deps, handle: ManagerHandle, { organization, user }: Place): Promise<boolean> {
  return changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const person = isId('usr', user) ? await deps.repositories.users.findPerson(user, tx) : null
    if (!person || person.organizationId !== owner) throw new Problem('not_found')
    await mustNotOutrank(deps, tx, manager, person.id)
    return unlockUser(deps, tx, person, manager.id)
  })
}
