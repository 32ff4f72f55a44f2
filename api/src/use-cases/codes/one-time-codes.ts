import { newDigitCode, newSignCode } from '../../crypto/one-time-code.ts'
import { equalSecrets, newToken, tokenHash } from '../../crypto/token.ts'
import type { CodePlace, Deps, Executor, OneTimeCode } from '../../deps.ts'
import { newId, type UserId } from '../../domain/ids.ts'
import {
  CODE_LIFETIME,
  type CodePurpose,
  LINK_LIFETIME,
  MOST_ATTEMPTS,
  RESEND_AFTER,
  readDigitCode,
  readSignCode,
} from '../../domain/one-time-code.ts'
import { Problem } from '../../domain/problem.ts'

/** A code that opens an account by itself has eight signs; one beside another proof, or for an address, six digits. */
const SIGNS: ReadonlySet<CodePurpose> = new Set(['reset_password'])

type Wanted = Pick<CodePlace, 'flow' | 'purpose'> & {
  /** Null for a name nobody has: the row is written all the same. */
  userId: UserId | null
  /** Normalised. */
  address: string
}

/** What goes into the message, and nowhere else. */
export type FreshCode = { code: string; linkToken: string; codeExpiresAt: number; linkExpiresAt: number }

/**
 * A new code with its link, in the transaction that also writes the message. The one before of the same flow and purpose ends.
 * @throws Problem too_many_attempts when the one before is younger than half a minute
 */
export async function createCode(deps: Deps, tx: Executor, wanted: Wanted): Promise<FreshCode> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  const before = await repositories.oneTimeCodes.findOutstanding(wanted, tx)
  // another address is another question: who mistyped need not wait
  if (before && before.address === wanted.address && before.createdAt + RESEND_AFTER > now)
    throw new Problem('too_many_attempts', { retryAfter: Math.ceil((before.createdAt + RESEND_AFTER - now) / 1000) })
  const code = SIGNS.has(wanted.purpose) ? newSignCode(randomBytes) : newDigitCode(randomBytes)
  const linkToken = newToken('one_time_link', randomBytes)
  const id = newId('otc', { now: clock.now, randomBytes })
  const codeExpiresAt = now + CODE_LIFETIME
  const linkExpiresAt = now + (SIGNS.has(wanted.purpose) ? LINK_LIFETIME : CODE_LIFETIME)
  await repositories.oneTimeCodes.create(tx, {
    ...wanted,
    id,
    codeHash: codeHash(deps, wanted, code),
    codeExpiresAt,
    linkHash: tokenHash(linkToken),
    expiresAt: linkExpiresAt,
    createdAt: now,
  })
  return { code, linkToken, codeExpiresAt, linkExpiresAt }
}

const codeHash = ({ box }: Deps, { flow, purpose }: CodePlace, code: string) =>
  box.nameOf(`one-time code/${purpose}`, `${flow} ${code}`)

/**
 * Tries what was typed, in whatever spelling; the attempt counts before anything is compared, and nothing is thrown, so that the caller's
 * transaction keeps it. Out: the row that was consumed, or null.
 */
export async function tryCode(deps: Deps, tx: Executor, place: CodePlace, typed: string): Promise<OneTimeCode | null> {
  const { clock, repositories } = deps
  const row = await repositories.oneTimeCodes.countAttempt(tx, place, clock.now())
  const code = SIGNS.has(place.purpose) ? readSignCode(typed) : readDigitCode(typed)
  // compared even where there is nothing to compare with, so that both take the same work
  const matches = equalSecrets(row?.codeHash ?? '', codeHash(deps, place, code ?? ''))
  if (!row || code === null || !matches) return null
  return (await repositories.oneTimeCodes.consume(tx, row, clock.now())) ? row : null
}

/** How a code stands: milliseconds until it ends and until the next one may be asked for, and how often it may still be tried. */
export type CodeStanding = { endsIn: number; resendIn: number; triesLeft: number }

/** The same for an address that has an account, which gets no code. */
export async function standingOf(
  { clock, repositories }: Deps,
  place: CodePlace,
  tx?: Executor,
): Promise<CodeStanding> {
  const row = await repositories.oneTimeCodes.findOutstanding(place, tx)
  if (!row) return { endsIn: 0, resendIn: 0, triesLeft: 0 }
  const now = clock.now()
  const endsIn = Math.max(0, row.codeExpiresAt - now)
  return {
    endsIn,
    resendIn: Math.max(0, row.createdAt + RESEND_AFTER - now),
    triesLeft: endsIn > 0 ? Math.max(0, MOST_ATTEMPTS - row.attempts) : 0,
  }
}

/** What a code that did not fit is answered with. */
export const codeProblem = ({ triesLeft }: CodeStanding): Problem =>
  triesLeft > 0 ? new Problem('code_wrong', { triesLeft }) : new Problem('code_expired')
