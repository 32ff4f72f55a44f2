import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { AccountFacts } from '../../domain/login/facts.ts'
import { Problem } from '../../domain/problem.ts'
import { forgetFailures } from '../guesses/note-outcome.ts'
import { NEW_PASSWORD_LIMIT, takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { mustBeGood } from './check-new-password.ts'
import { rulesFor } from './rules-for.ts'
import { endOutstanding, setPassword } from './set-password.ts'
import { tellOfChange } from './tell-of-change.ts'

/** `endOtherSessions`: whether everybody who is signed in elsewhere has to sign in again. */
export type ChosenPassword = { newPassword: string; endOtherSessions: boolean; address: string; userAgent: string }

/**
 * Replaces a password that has to be replaced, as a step of the login: the one before was proven a moment ago, and the engine let this
 * person here for that. The session goes on, with a new cookie.
 * @throws Problem invalid_input with what is wrong beside `newPassword`, too_many_attempts, wrong_step; Unavailable
 */
export async function changePassword(deps: Deps, handle: LoginHandle, input: ChosenPassword): Promise<LoginOutcome> {
  const { id } = await deps.db.transaction(async (tx) => {
    const { account } = await loadChange(deps, tx, handle)
    await takeAttempt(deps, tx, NEW_PASSWORD_LIMIT, input.address)
    return account.user
  })
  await mustBeGood(deps, { userId: id }, input.newPassword)
  const hash = await deps.passwords.hash(input.newPassword)
  const where = await describeBrowser(input.userAgent)
  return deps.db.transaction(async (tx) => {
    const { login, account } = await loadChange(deps, tx, handle)
    const { user, session } = account
    if (user.id !== id) throw new Problem('wrong_step', { step: login.step.kind })
    await forgetFailures(deps, tx, { key: id })
    await tellOfChange(deps, tx, id, where)
    // one-time rows are written before devices
    await endOutstanding(deps, tx, id)
    const cookie = await renewCookie(deps, tx, login.device, handle.deviceToken)
    const access = input.endOtherSessions ? ({ end: 'others', keep: session.id } as const) : ({ end: 'none' } as const)
    await setPassword(deps, tx, user, hash, { access, actor: id })
    const outcome = await advance(deps, tx, login, {}, cookie.token)
    return { ...outcome, cookie }
  })
}

async function loadChange(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
): Promise<{ login: PendingLogin; account: AccountFacts }> {
  const login = await loadLogin(deps, handle, tx)
  mustPermit(login, 'change_password')
  return { login, account: accountOf(login) }
}

/** @throws where the engine asked nobody for a new password: a bug of the rules */
function accountOf({ subject }: PendingLogin): AccountFacts {
  if (!subject?.account) throw new Error('a change of password for nobody')
  return subject.account
}

export async function changePasswordView(
  deps: Deps,
  login: PendingLogin,
): Promise<Extract<LoginStepView, { kind: 'change_password' }>> {
  const { rules } = await rulesFor(deps, { userId: accountOf(login).user.id })
  return { kind: 'change_password', rules }
}
