import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { MANY_FAILURES } from '../../domain/lockout.ts'
import { Problem } from '../../domain/problem.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'
import { recordEvent } from '../record-event.ts'
import { type Guess, secondsUntil } from './count-guess.ts'
import { noteFailingAccount } from './note-failing-account.ts'

/** The guess was wrong. When it began a lock its owner is told. Out: what to answer once the transaction is over. */
export async function noteWrongGuess(deps: Deps, tx: Executor, guess: Guess): Promise<Problem> {
  const { userId, lockEndsAt } = guess
  const about = { organizationId: (userId && guess.organizationId) ?? ('instance' as const), target: userId }
  const isFirst = guess.at === 'first_factor'
  await recordEvent(deps, tx, { type: isFirst ? 'user.password_refused' : 'user.second_factor_refused', ...about })
  if (isFirst && guess.total === 1) await noteFailingAccount(deps, tx)
  // a right guess at the same moment may have ended it
  const row = lockEndsAt === null ? null : await deps.repositories.loginFailures.find(guess.key, tx)
  if (!row || lockEndsAt === null || row.lockEndsAt !== lockEndsAt)
    return new Problem(isFirst ? 'invalid_credentials' : 'code_wrong')

  await recordEvent(deps, tx, {
    type: 'user.locked_for_failures',
    ...about,
    data: { until: lockEndsAt, failures: row.total, locks: row.locks },
  })
  const values = { until: lockEndsAt, at: deps.clock.now() }
  if (userId) await notifyUser(deps, tx, userId, { channel: 'email', kind: 'account_locked', values })
  return new Problem('too_many_attempts', { retryAfter: secondsUntil(deps, lockEndsAt) })
}

/**
 * The guess was right: all before it is forgotten, and the lock it would have begun. Out: how many failures there were. First of all writes
 * of its transaction.
 */
export async function forgetFailures(deps: Deps, tx: Executor, { key }: Pick<Guess, 'key'>): Promise<number> {
  return Math.max(0, (await deps.repositories.loginFailures.delete(tx, key)) - 1)
}

/** Somebody got in after so many failures: when they are many, the owner hears of it. */
export async function noteFailuresBefore(deps: Deps, tx: Executor, userId: UserId, count: number): Promise<void> {
  if (count < MANY_FAILURES) return
  const values = { count, at: deps.clock.now(), notMeLink: await createNotMeLink(deps, tx, userId) }
  await notifyUser(deps, tx, userId, { channel: 'email', kind: 'login_after_failures', values })
}
