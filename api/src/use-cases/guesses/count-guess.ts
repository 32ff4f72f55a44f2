import type { Deps, Executor, LoginFailures } from '../../deps.ts'
import { readIdentifier } from '../../domain/identifier.ts'
import type { OrganizationId, TrustedDeviceId, UserId } from '../../domain/ids.ts'
import { FAILURES_KEPT, FREE_FAILURES, lockLength, WAITS } from '../../domain/lockout.ts'
import { Problem } from '../../domain/problem.ts'
import { GUESS_LIMIT, takeAttempt } from '../limits.ts'

/** Whose guesses count together: those at one person by every name and every path, or those at a name nobody has. */
export type Guessed = {
  userId: UserId | null
  /** Whose lockout policy counts: that of the person, or the one that would be that of somebody with this name. */
  organizationId: OrganizationId | null
  loginName: string
  /** What is guessed. They count apart, so that who knows a password has no more tries at what comes after it. */
  at: 'first_factor' | 'second_factor'
  /**
   * The guess is made in a browser that this person trusts: those count apart, so that strangers lock nobody out there, and whoever has it
   * in their hands has no more tries.
   */
  trust: TrustedDeviceId | null
}

/** A guess that was counted. Nothing was compared yet. */
export type Guess = Guessed &
  Pick<LoginFailures, 'key' | 'total'> & {
    /** The end of the lock that this guess began, in milliseconds. */
    lockEndsAt: number | null
    mostFailures: number
  }

/** Under which keys the guesses at one person are counted, everywhere or in a browser that they trust. */
const guessKeysOf = (userId: UserId, trust: TrustedDeviceId | null): [first: string, second: string] => {
  const first = trust === null ? userId : `${userId}/${trust}`
  return [first, `${first}/second`]
}

/** All of them. */
export async function listGuessKeys({ repositories }: Deps, tx: Executor, userId: UserId): Promise<string[]> {
  const trusts = await repositories.trustedDevices.listOfUser(userId, tx)
  return [null, ...trusts.map(({ trust }) => trust.id)].flatMap((trust) => guessKeysOf(userId, trust))
}

function keyOf({ box }: Deps, { userId, organizationId, loginName, at, trust }: Guessed): string {
  if (userId) return guessKeysOf(userId, trust)[at === 'first_factor' ? 0 : 1]
  // spellings of one name are one, as they are for a person
  const [reading] = readIdentifier(loginName, ['email', 'phone', 'username'])
  return `name/${box.nameOf('login_failures', `${organizationId ?? ''} ${reading?.value ?? ''}`)}`
}

/**
 * Every guess at what a person knows goes through here before anything is compared, in the transaction that reads what it is compared
 * with. It counts as a failure until `forgetFailures` takes all of them away. First of all writes of its transaction.
 * @throws Problem too_many_attempts with the seconds to wait: for this person, or from this address
 */
export async function countGuess(deps: Deps, tx: Executor, guessed: Guessed, address: string): Promise<Guess> {
  const { clock, repositories, settings } = deps
  const now = clock.now()
  const key = keyOf(deps, guessed)
  const { value: policy } = await repositories.policies.resolve('lockout', guessed.organizationId, tx)
  const firstLockEndsAt = now + lockLength(policy, 1)
  const row = await repositories.loginFailures.count(tx, {
    key,
    now,
    mostFailures: policy.maxFailures === 0 ? null : policy.maxFailures,
    freeFailures: Math.floor(FREE_FAILURES * settings.rateLimitFactor),
    waitEnds: WAITS.map((wait) => now + wait * 1000),
    lockEndsAt: firstLockEndsAt,
    forgottenAt: now + FAILURES_KEPT,
    lockForgottenAt: firstLockEndsAt + FAILURES_KEPT,
  })
  if (!row) throw new GuessRefused(key, secondsUntil(deps, endOf(await repositories.loginFailures.find(key, tx))))
  await takeAttempt(deps, tx, GUESS_LIMIT, address)

  const guess = { ...guessed, key, total: row.total, mostFailures: policy.maxFailures }
  if (row.failures > 0) return { ...guess, lockEndsAt: null }
  const lockEndsAt = now + lockLength(policy, row.locks)
  if (row.locks > 1)
    await repositories.loginFailures.extendLock(tx, { key, lockEndsAt, forgottenAt: lockEndsAt + FAILURES_KEPT })
  return { ...guess, lockEndsAt }
}

const endOf = (row: LoginFailures | null): number => Math.max(row?.waitEndsAt ?? 0, row?.lockEndsAt ?? 0)

/** A wait or a lock of this row lasts, and nothing was counted. Others who are being compared may end it. */
export class GuessRefused extends Problem {
  readonly key: string
  constructor(key: string, retryAfter: number) {
    super('too_many_attempts', { retryAfter })
    this.key = key
  }
}

export const secondsUntil = ({ clock }: Deps, end: number): number => Math.max(1, Math.ceil((end - clock.now()) / 1000))

/** Nothing was compared, because the server had no time for it: it was no guess. */
export async function takeBackGuess(deps: Deps, { key, total, lockEndsAt, mostFailures }: Guess): Promise<void> {
  const taken = { key, total, lockEndsAt, mostFailures }
  await deps.db.transaction((tx) => deps.repositories.loginFailures.takeBack(tx, taken))
}

/** Until when a lock keeps guesses out, in milliseconds, or null. A wait of seconds is no lock. */
export async function findLock(deps: Deps, guessed: Guessed, tx?: Executor): Promise<number | null> {
  const row = await deps.repositories.loginFailures.find(keyOf(deps, guessed), tx)
  return row?.lockEndsAt && row.lockEndsAt > deps.clock.now() ? row.lockEndsAt : null
}
