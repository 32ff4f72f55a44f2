import type { Deps, Executor } from '../../deps.ts'
import type { UserFacts } from '../../domain/login/facts.ts'
import { Problem } from '../../domain/problem.ts'
import { forgetFailures } from '../guesses/note-outcome.ts'
import { NEW_PASSWORD_LIMIT, takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import type { ChosenPassword } from '../password/change-password.ts'
import { mustBeGood } from '../password/check-new-password.ts'
import { setPassword } from '../password/set-password.ts'
import { tellOfChange } from '../password/tell-of-change.ts'
import { resetPlaceOf } from './place.ts'

/**
 * Sets the password after a reset. It adds no check and signs nobody in: the same request goes on, and asks for the password that was
 * just chosen. What the code opened is closed by it, with everything else that was sent to this person.
 * @throws Problem invalid_input with what is wrong beside `newPassword`, code_invalid, too_many_attempts, wrong_step; Unavailable
 */
export async function setNewPassword(deps: Deps, handle: LoginHandle, input: ChosenPassword): Promise<LoginOutcome> {
  const { id } = await deps.db.transaction(async (tx) => {
    const owner = ownerOf(await loadPermitted(deps, tx, handle))
    await takeAttempt(deps, tx, NEW_PASSWORD_LIMIT, input.address)
    return owner
  })
  await mustBeGood(deps, { userId: id }, input.newPassword)
  const hash = await deps.passwords.hash(input.newPassword)
  const where = await describeBrowser(input.userAgent)
  return deps.db.transaction(async (tx) => {
    const login = await loadPermitted(deps, tx, handle)
    const user = ownerOf(login)
    if (user.id !== id) throw new Problem('wrong_step', { step: login.step.kind })
    await replacePassword(deps, tx, user, { hash, where, endOtherSessions: input.endOtherSessions }, () =>
      deps.repositories.oneTimeCodes.useUp(tx, resetPlaceOf(login.request.id, id), deps.clock.now()),
    )
    const ceremony = { kind: 'reset', userId: id, isDone: true } as const
    return advance(deps, tx, login, { ceremony }, handle.deviceToken)
  })
}

async function loadPermitted(deps: Deps, tx: Executor, handle: LoginHandle): Promise<PendingLogin> {
  const login = await loadLogin(deps, handle, tx)
  mustPermit(login, 'set_new_password')
  return login
}

/** @throws where the engine permitted a new password for nobody: a bug of the rules */
function ownerOf({ subject }: PendingLogin): UserFacts {
  if (!subject?.user) throw new Error('a new password for nobody')
  return subject.user
}

type Replacement = {
  hash: string
  where: { browser: string | null; system: string | null }
  endOtherSessions: boolean
}

/**
 * The new password, with everything that goes with it: a lock after failures ends, because the owner is here; the owner is told, with a
 * link in case it was somebody else. `consume` says whether this caller is the one who may.
 * @throws Problem code_invalid
 */
export async function replacePassword(
  deps: Deps,
  tx: Executor,
  user: UserFacts,
  { hash, where, endOtherSessions }: Replacement,
  consume: () => Promise<unknown>,
): Promise<void> {
  await forgetFailures(deps, tx, { key: user.id })
  await tellOfChange(deps, tx, user.id, where, 'password_reset')
  if (!(await consume())) throw new Problem('code_invalid')
  const access = { end: endOtherSessions ? 'all' : 'none' } as const
  await setPassword(deps, tx, user, hash, { access, actor: user.id, data: { by: 'reset' } })
}
