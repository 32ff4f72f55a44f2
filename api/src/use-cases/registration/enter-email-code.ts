import type { Deps, Executor } from '../../deps.ts'
import type { Newcomer } from '../../domain/ceremony.ts'
import { newId } from '../../domain/ids.ts'
import { type CodeStanding, codeProblem, standingOf, tryCode } from '../codes/one-time-codes.ts'
import { takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { backToForm, registrationOf } from './begin-registration.ts'
import { createAccount } from './create-account.ts'
import { REGISTRATION_LIMITS } from './limits.ts'
import { loadRegistration } from './load-registration.ts'
import { isStillHere, onceMoreIfTaken, takenNames } from './names.ts'
import { type Asking, codePlaceOf, sendCode } from './send-code.ts'

type Entry = { code: string; address: string; keepsPasskeys: boolean }

/**
 * The code that was sent. The right one makes the account, and the login goes on as whoever it is for: one transaction, all of it or
 * nothing. Who wants a passkey makes it next: never before the address is proven, so that no device keeps one of an account that never was.
 * @throws Problem code_wrong, code_expired, too_many_attempts, registration_closed, wrong_step
 */
export async function enterEmailCode(deps: Deps, handle: LoginHandle, entry: Entry) {
  const outcome = await onceMoreIfTaken(() => deps.db.transaction((tx) => enter(deps, tx, handle, entry)))
  if ('triesLeft' in outcome) throw codeProblem(outcome)
  return outcome
}

async function enter(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
  { code, address, keepsPasskeys }: Entry,
): Promise<LoginOutcome | CodeStanding> {
  const pending = await loadRegistration(deps, handle, 'enter_email_code', tx)
  await takeAttempt(deps, tx, REGISTRATION_LIMITS.codes, address)
  const { login } = pending
  const registration = registrationOf(login)
  const form = registration.form!
  const place = codePlaceOf(login)
  // an address that has an account was sent no code, so none fits: not even one that is guessed
  const found = await tryCode(deps, tx, place, form.isTaken ? '' : code)
  const isRight = found?.address === form.email && isStillHere(pending, form)
  const taken = isRight ? await takenNames(deps, tx, form) : []
  if (!isRight || taken.includes('email')) return standingOf(deps, place, tx)
  if (taken.includes('username')) {
    const changed = { ...registration, form: { ...form, lostNames: taken } }
    return advance(deps, tx, login, { ceremony: backToForm(changed) })
  }
  const hash = pending.place.ways.includes(form.way) ? form.passwordHash : null
  if (hash === null) {
    const newcomer = newcomerOf(deps)
    return advance(deps, tx, login, { ceremony: { ...registration, at: 'credential', newcomer } })
  }
  return createAccount(deps, tx, pending, form, { factor: 'password', hash }, { ...handle, keepsPasskeys })
}

const newcomerOf = ({ clock, randomBytes }: Deps): Newcomer => ({
  id: newId('usr', { now: clock.now, randomBytes }),
  handle: randomBytes(32).toString('base64url'),
})

/** A new code, with a new mail; the one before ends. */
export const resendEmailCode = (deps: Deps, handle: LoginHandle, asking: Asking): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const { login } = await loadRegistration(deps, handle, 'resend_email_code', tx)
    await sendCode(deps, tx, login.request.id, registrationOf(login).form!, asking)
    return advance(deps, tx, login, {})
  })
