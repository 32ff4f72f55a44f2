import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { listGuessKeys } from '../guesses/count-guess.ts'
import { forgetFailures } from '../guesses/note-outcome.ts'
import { recordEvent } from '../record-event.ts'
import { findByLoginName, type Member, type Who } from './find-by-login-name.ts'

/** Opens an account again: failures and their lock are forgotten, and so is a manager's lock. False when there was neither. */
export async function unlockUser(
  deps: Deps,
  tx: Executor,
  { id, organizationId }: Member,
  actor: UserId | null,
): Promise<boolean> {
  const { loginFailures, users } = deps.repositories
  let failures = 0
  for (const key of await listGuessKeys(deps, tx, id)) {
    failures += (await loginFailures.find(key, tx))?.total ?? 0
    await forgetFailures(deps, tx, { key })
  }
  const isLocked = (await users.findPerson(id, tx))?.state === 'locked'
  if (isLocked) await users.change(tx, id, { state: 'active' }, deps.clock.now())
  if (!isLocked && failures === 0) return false
  const data = { failures, lockedByManager: isLocked }
  await recordEvent(deps, tx, { type: 'user.unlocked', organizationId, actor, target: id, data })
  return true
}

/** The same by an operator's word. */
export function unlockByName(deps: Deps, who: Who): Promise<'unlocked' | 'was_open' | 'nobody' | 'several'> {
  return deps.db.transaction(async (tx) => {
    const member = await findByLoginName(deps, tx, who)
    if (typeof member === 'string') return member
    return (await unlockUser(deps, tx, member, null)) ? 'unlocked' : 'was_open'
  })
}
