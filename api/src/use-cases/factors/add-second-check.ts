import type { SecondMethod } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { type Check, withCheck } from '../../domain/session.ts'
import { advance, type LoginOutcome, type RequestChange } from '../login/advance.ts'
import { type LoginHandle, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { recordEvent } from '../record-event.ts'

/** @throws Problem wrong_step where a second proof of this kind is not asked for */
export function mustAskFor(login: PendingLogin, method: SecondMethod): void {
  mustPermit(login, 'check_second_factor')
  const { step } = login
  if (step.kind !== 'second_factor' || !step.methods.includes(method))
    throw new Problem('wrong_step', { step: step.kind })
}

/**
 * A second proof was given: it joins the checks of the session that the first one is in, the browser gets a new handle, and the login
 * goes on. In the transaction that asked for it.
 * @throws Problem wrong_step when the session changed meanwhile
 */
export async function addSecondCheck(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
  login: PendingLogin,
  check: Omit<Check, 'at'>,
  change: RequestChange = {},
): Promise<LoginOutcome> {
  const account = login.subject?.account
  if (!account) throw new Problem('wrong_step', { step: login.step.kind })
  const now = deps.clock.now()
  const cookie = await renewCookie(deps, tx, login.device, handle.deviceToken)
  const { id, version, checks } = account.session
  const proven = { id, version, checks: withCheck(checks, { ...check, at: now }), now }
  if (!(await deps.repositories.sessions.addCheck(tx, proven))) throw new Problem('wrong_step')
  await recordEvent(deps, tx, {
    type: 'user.second_factor_checked',
    organizationId: account.user.organizationId,
    actor: account.user.id,
    target: id,
    data: { factor: check.factor },
  })
  const onwards = { sessionId: id, loginName: null, userId: null, ...change }
  return { ...(await advance(deps, tx, login, onwards, cookie.token)), cookie }
}
