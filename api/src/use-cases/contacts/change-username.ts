import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import type { Deps, Executor } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { readUsername } from '../../domain/registration/fields.ts'
import { takeAttempt } from '../limits.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { recordEvent } from '../record-event.ts'
import { contactsOf } from './contacts.ts'
import { CONTACT_LIMITS } from './limits.ts'

class NameTaken extends Error {}

/**
 * Another user name, where the policy leaves that to people. One that is taken is told: see ADR 18. Asking is counted first.
 * @throws Problem unauthenticated, account_changed, reauth_required, forbidden, invalid_input, too_many_attempts
 */
export async function changeUsername(deps: Deps, handle: AccountHandle, typed: string): Promise<OwnContacts> {
  const reading = readUsername(typed)
  const wrong = (problem: 'invalid' | 'too_long' | 'taken') =>
    new Problem('invalid_input', { fields: { username: [problem] } })
  if ('problem' in reading) throw wrong(reading.problem === 'too_long' ? 'too_long' : 'invalid')
  // counted in a transaction of its own, so that a name that is taken is counted too
  await deps.db.transaction(async (tx) => {
    const { login, account } = await currentAccount(deps, handle, tx)
    if (!account.policy.allowUsernameChange) throw new Problem('forbidden')
    await takeAttempt(deps, tx, CONTACT_LIMITS.usernames, login.userId)
  })
  try {
    return await deps.db.transaction(async (tx) => {
      const actor = await currentAccount(deps, handle, tx)
      await rename(deps, tx, actor, reading.value!)
      return contactsOf(deps, actor, tx)
    })
  } catch (error) {
    if (error instanceof NameTaken) throw wrong('taken')
    throw error
  }
}

async function rename(deps: Deps, tx: Executor, { login }: AccountActor, value: string): Promise<void> {
  const { users, sessions } = deps.repositories
  const { userId, organizationId } = login
  const person = await users.findPerson(userId, tx)
  if (!person) throw new Problem('unauthenticated')
  const before = (await users.listIdentifiers(userId, tx)).find(({ kind }) => kind === 'username')
  if (before?.value === value) return
  await users.removeIdentifier(tx, userId, 'username')
  if (!(await users.addIdentifier(tx, userId, organizationId, { kind: 'username', value, verifiedAt: null })))
    throw new NameTaken()
  // what an import once called them stands no longer in front of the name they chose
  const { preferredUsername: _imported, ...profile } = person.profile
  if ((await users.changePerson(tx, person, { profile }, deps.clock.now())) === null)
    throw new Problem('changed_meanwhile')
  if (before) await sessions.rename(tx, userId, before.value, value)
  await recordEvent(deps, tx, { type: 'user.username_changed', organizationId, actor: userId, target: userId })
}
