import { isToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { type CodeStanding, codeProblem, standingOf, tryCode } from '../codes/one-time-codes.ts'
import { RESET_LIMITS, takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { isActive, resetPlaceOf } from './place.ts'

type Entry = { code: string; address: string }

/**
 * The code that was sent. The right one opens the step where a new password is chosen, in this request and for this person alone; the
 * password itself is as it was.
 * @throws Problem code_wrong, code_expired, too_many_attempts, wrong_step
 */
export async function enterResetCode(deps: Deps, handle: LoginHandle, entry: Entry): Promise<LoginOutcome> {
  const outcome = await deps.db.transaction((tx) => enter(deps, tx, handle, entry))
  if ('triesLeft' in outcome) throw codeProblem(outcome)
  return outcome
}

async function enter(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
  { code, address }: Entry,
): Promise<LoginOutcome | CodeStanding> {
  const { login, place, isUseful } = await loadReset(deps, tx, handle, address)
  // nobody was sent a code who may not come in, and what was sent before is dead: none fits
  const found = await tryCode(deps, tx, place, isUseful ? code : '')
  return found ? advance(deps, tx, login, {}) : standingOf(deps, place, tx)
}

/**
 * The link of the message, pressed in the browser that waits for its code: it opens the same step.
 * @throws Problem code_invalid, too_many_attempts, wrong_step
 */
export function enterResetLink(
  deps: Deps,
  handle: LoginHandle,
  { token, address }: { token: string; address: string },
): Promise<LoginOutcome> {
  return deps.db.transaction(async (tx) => {
    const { login, place, isUseful } = await loadReset(deps, tx, handle, address)
    const key = { ...place, linkHash: tokenHash(token) }
    const isLink = isUseful && isToken('one_time_link', token)
    const found = isLink && (await deps.repositories.oneTimeCodes.consumeByLink(tx, key, deps.clock.now()))
    if (!found) throw new Problem('code_invalid')
    return advance(deps, tx, login, {})
  })
}

async function loadReset(deps: Deps, tx: Executor, handle: LoginHandle, address: string) {
  const login: PendingLogin = await loadLogin(deps, handle, tx)
  mustPermit(login, 'enter_reset_code')
  await takeAttempt(deps, tx, RESET_LIMITS.entering, address)
  const user = login.subject?.user ?? null
  return { login, place: resetPlaceOf(login.request.id, user?.id ?? null), isUseful: isActive(user) }
}
