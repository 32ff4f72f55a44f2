import type { Deps } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { RESET_LIMITS, takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit } from '../login/load-login.ts'
import { recordEvent } from '../record-event.ts'
import { resetPlaceOf } from './place.ts'
import { type Asking, sendReset } from './send-reset.ts'

/**
 * "Forgot password?", and the same again for a new code, which ends the one before. Nothing changes about the account. A name nobody has
 * takes the same way: the same reads and rows, the same next step.
 * @throws Problem forbidden where the organization wants no resets, too_many_attempts, wrong_step
 */
export function beginReset(deps: Deps, handle: LoginHandle, asking: Asking): Promise<LoginOutcome> {
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
    mustPermit(login, 'begin_reset')
    if (login.step.kind === 'first_factor' && !login.step.canReset) throw new Problem('forbidden')
    await takeAttempt(deps, tx, RESET_LIMITS.asking, asking.address)
    await sendReset(deps, tx, login, asking)
    const user = login.subject?.user ?? null
    await recordEvent(deps, tx, {
      type: 'user.reset_asked_for',
      organizationId: user?.organizationId ?? 'instance',
      target: user?.id ?? null,
    })
    return advance(deps, tx, login, { ceremony: { kind: 'reset', userId: user?.id ?? null, isDone: false } })
  })
}

/** Back to the password. What was sent opens nothing any more. @throws Problem wrong_step */
export function leaveReset(deps: Deps, handle: LoginHandle): Promise<LoginOutcome> {
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'leave_reset')
    const { flow, purpose } = resetPlaceOf(login.request.id, null)
    await deps.repositories.oneTimeCodes.deleteOf(tx, { flow, purpose })
    return advance(deps, tx, login, { ceremony: null })
  })
}
