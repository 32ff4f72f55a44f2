import { isToken, newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import { newId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { SETUP_LIMIT, takeAttempt } from '../limits.ts'
import { recordEvent } from '../record-event.ts'

/** Milliseconds. */
const SETUP_LINK_LIFETIME = 3_600_000
/** The token stands behind the #, so it reaches no server, log or referrer. */
const SETUP_PATH = '/setup#'

/** A link with which this person sets a password, once, within the hour. A new one ends the ones before. */
export async function createSetupLink(deps: Deps, tx: Executor, userId: UserId): Promise<string> {
  const token = newToken('one_time_link', deps.randomBytes)
  const now = deps.clock.now()
  await deps.repositories.oneTimeLinks.create(tx, {
    tokenHash: tokenHash(token),
    purpose: 'password_setup',
    userId,
    createdAt: now,
    expiresAt: now + SETUP_LINK_LIFETIME,
  })
  return deps.settings.issuer + SETUP_PATH + token
}

type Input = { token: string; newPassword: string; address: string }

/**
 * Consumes the link and sets the password. It adds no check: signing in comes after.
 * @throws Problem code_invalid, too_many_attempts; Unavailable
 */
export async function setUpPassword(
  deps: Deps,
  { token, newPassword, address }: Input,
): Promise<{ loginName: string }> {
  await deps.db.transaction((tx) => takeAttempt(deps, tx, SETUP_LIMIT, address))
  if (!isToken('one_time_link', token)) throw new Problem('code_invalid')
  const hash = await deps.passwords.hash(newPassword)
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const link = await deps.repositories.oneTimeLinks.consume(tx, {
      tokenHash: tokenHash(token),
      purpose: 'password_setup',
      now,
    })
    const person = link && (await deps.repositories.users.findFacts(link.userId, tx))
    if (person?.user.state !== 'active' || !person.user.organizationActive) throw new Problem('code_invalid')
    await setPassword(deps, tx, person.user, hash)
    const [identifier] = await deps.repositories.users.listIdentifiers(person.user.id, tx)
    return { loginName: identifier?.value ?? '' }
  })
}

type Owner = { id: UserId; organizationId: Parameters<typeof recordEvent>[2]['organizationId'] }

/** A new password ends every session and grant of its owner, and outstanding links. */
export async function setPassword(deps: Deps, tx: Executor, user: Owner, hash: string): Promise<void> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  const id = newId('crd', { now: clock.now, randomBytes })
  await repositories.users.setPassword(tx, { id, userId: user.id, hash, now })
  await repositories.oneTimeLinks.deleteOfUser(tx, user.id)
  const live = await repositories.sessions.listLiveOfUser(user.id, now, tx)
  await repositories.sessions.end(
    tx,
    live.map(({ session }) => session.id),
    now,
  )
  await repositories.grants.revokeOfUser(tx, user.id, now)
  await recordEvent(deps, tx, { type: 'user.password_set', organizationId: user.organizationId, target: user.id })
}
