import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { NOT_ME_LIFETIME } from '../../domain/one-time-link.ts'

/** The token stands behind the #, so it reaches no server, log or referrer. */
const NOT_ME_PATH = '/not-me#'

/**
 * The "this was not me" of a notice, in the transaction that also writes the message: a link of its own, good once and for 30 days,
 * whatever happens to the account meanwhile. Whoever presses it ends everything that runs, and needs to be nobody for that.
 */
export async function createNotMeLink(deps: Deps, tx: Executor, userId: UserId): Promise<string> {
  const token = newToken('one_time_link', deps.randomBytes)
  const now = deps.clock.now()
  await deps.repositories.oneTimeLinks.add(tx, {
    tokenHash: tokenHash(token),
    purpose: 'not_me',
    userId,
    createdAt: now,
    expiresAt: now + NOT_ME_LIFETIME,
  })
  return deps.settings.issuer + NOT_ME_PATH + token
}
