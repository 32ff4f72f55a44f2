import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import type { Check } from '../../domain/session.ts'
import { countGuess } from '../guesses/count-guess.ts'
import { forgetFailures, noteFailuresBefore, noteWrongGuess } from '../guesses/note-outcome.ts'
import type { LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, type PendingLogin } from '../login/load-login.ts'
import type { TrustedBrowser } from '../trusted-devices/trust-device.ts'
import { addSecondCheck, mustAskFor } from './add-second-check.ts'

/** What somebody typed, where, and whether that browser is not to be asked again for a while. */
export type Typed = { code: string; address: string; userAgent: string; trustDevice: boolean }
type Guessing = { factor: SecondFactor; address: string; trusting: TrustedBrowser | null }

/** Compares what was typed, and uses it up where it is right. Out: the check that it is, or null. */
type Use = (tx: Executor, userId: UserId, login: PendingLogin) => Promise<Pick<Check, 'credential'> | null>

/**
 * A second factor that could be guessed. The guess counts before anything is compared, for the person, by whatever kind of code and in
 * whatever login: a right password in between takes none of them away.
 * @throws Problem code_wrong, too_many_attempts, wrong_step
 */
export async function checkGuess(
  deps: Deps,
  handle: LoginHandle,
  { factor, address, trusting }: Guessing,
  use: Use,
  refusal?: (tx: Executor) => Promise<Problem>,
): Promise<LoginOutcome> {
  const refused = async (problem: Problem, tx: Executor): Promise<Problem> =>
    problem.code === 'code_wrong' && refusal ? refusal(tx) : problem
  const outcome = await deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
    mustAskFor(login, factor)
    const userId = login.subject!.user!.id
    const guess = await countGuess(deps, tx, login.guessed!, address)
    const used = await use(tx, userId, login)
    if (!used) return refused(await noteWrongGuess(deps, tx, guess), tx)
    await noteFailuresBefore(deps, tx, userId, await forgetFailures(deps, tx, guess))
    return addSecondCheck(deps, tx, handle, login, { factor, ...used }, { trusting })
  })
  if (outcome instanceof Problem) throw outcome
  return outcome
}
