import type { OwnPassword } from '@vestibule/shared/contract/own-password.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, Turn } from '../../deps.ts'
import { endToTell } from '../../domain/password-age.ts'
import { Problem } from '../../domain/problem.ts'
import { countGuess, type Guess, takeBackGuess } from '../guesses/count-guess.ts'
import { guessInTurn } from '../guesses/guess-in-turn.ts'
import { forgetFailures, noteWrongGuess } from '../guesses/note-outcome.ts'
import { NEW_PASSWORD_LIMIT, takeAttempt } from '../limits.ts'
import { type Cookie, renewCookie } from '../login/renew-cookie.ts'
import { type AccountActor, type AccountHandle, currentAccount, guessedBy } from '../me/current-account.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import type { ChosenPassword } from './change-password.ts'
import { mustBeGood } from './check-new-password.ts'
import { rulesFor } from './rules-for.ts'
import { endOutstanding, setPassword } from './set-password.ts'
import { tellOfChange } from './tell-of-change.ts'

/** What the owner of a password may know of it. */
export async function getOwnPassword(deps: Deps, { account }: Pick<AccountActor, 'account'>): Promise<OwnPassword> {
  const { password, user } = account
  const { rules } = await rulesFor(deps, { userId: user.id })
  const end = password && endToTell(password, deps.clock.now())
  const asText = (instant: number | null | undefined) => (instant == null ? null : new Date(instant).toISOString())
  return { changedAt: asText(password?.changedAt), endsAt: asText(end), rules }
}

type Input = ChosenPassword & { currentPassword: string }

/**
 * Another password on the account pages. The present one is compared first, and counts among the guesses at this person like those of the
 * login; then the new one is held to the policy. Every other session ends, unless its owner wants it otherwise; this one goes on.
 * @throws Problem invalid_credentials, invalid_input with what is wrong beside `newPassword`, too_many_attempts, unauthenticated,
 *   forbidden for somebody who has no password; Unavailable
 */
export async function changeOwnPassword(
  deps: Deps,
  handle: AccountHandle,
  input: Input,
): Promise<{ cookie: Cookie; password: OwnPassword }> {
  const ask = (turn: Turn) => deps.db.transaction((tx) => askFor(deps, tx, handle, { turn, ...input }))
  const asked = await guessInTurn(deps, ask, (of) => mustMatch(deps, of, input.currentPassword))
  await mustBeGood(deps, { userId: asked.guess.userId }, input.newPassword)
  const hash = await deps.passwords.hash(input.newPassword)
  const where = await describeBrowser(input.userAgent)
  const { cookie, after } = await deps.db.transaction(async (tx) => {
    const { account, device } = await currentAccount(deps, handle, tx)
    const { user, session } = account
    const present = await deps.repositories.users.findPassword(user.id, tx)
    // the proof is for whom it was asked of, and for the password that was compared
    if (user.id !== asked.guess.userId || present?.hash !== asked.hash) throw new Problem('invalid_credentials')
    await forgetFailures(deps, tx, asked.guess)
    await tellOfChange(deps, tx, user.id, where)
    // one-time rows are written before devices
    await endOutstanding(deps, tx, user.id)
    const renewed = await renewCookie(deps, tx, device, handle.deviceToken)
    const access = input.endOtherSessions ? ({ end: 'others', keep: session.id } as const) : ({ end: 'none' } as const)
    await setPassword(deps, tx, user, hash, { access, actor: user.id })
    // read without asking who may: a browser that was trusted until now is asked for more from now on
    const browser = await deps.repositories.devices.findWithAccounts(tokenHash(renewed.token), null, tx)
    return { cookie: renewed, after: browser?.accounts.find((one) => one.session.id === session.id) ?? account }
  })
  return { cookie, password: await getOwnPassword(deps, { account: after }) }
}

type Asked = { hash: string; guess: Guess & { userId: NonNullable<Guess['userId']> } }

type Asking = Pick<Input, 'address'> & { turn: Turn }

async function askFor(deps: Deps, tx: Executor, handle: AccountHandle, { turn, address }: Asking): Promise<Asked> {
  const actor = await currentAccount(deps, handle, tx)
  const guessed = guessedBy(deps, actor, 'first_factor')
  const { userId } = guessed
  const password = await deps.repositories.users.findPassword(userId, tx)
  if (!password) throw new Problem('forbidden')
  const guess = await countGuess(deps, tx, guessed, address)
  turn.enter(guess.key)
  await takeAttempt(deps, tx, NEW_PASSWORD_LIMIT, address)
  return { hash: password.hash, guess: { ...guess, userId } }
}

/** A guess that there was no time to compare is none. @throws Problem invalid_credentials, too_many_attempts; Unavailable */
async function mustMatch(deps: Deps, asked: Asked, typed: string): Promise<Asked> {
  const { hash, guess } = asked
  const isRight = await deps.passwords.verify(hash, typed).catch(async (error: unknown) => {
    await takeBackGuess(deps, guess)
    throw error
  })
  if (!isRight) throw await deps.db.transaction((tx) => noteWrongGuess(deps, tx, guess))
  await deps.db.transaction((tx) => forgetFailures(deps, tx, guess))
  return asked
}
