import type { Deps, Executor } from '../../deps.ts'
import { newId, type OrganizationId, type SessionId, type UserId } from '../../domain/ids.ts'
import { forgetFailures } from '../guesses/note-outcome.ts'
import { recordEvent } from '../record-event.ts'
import { tellApplications } from '../sign-out/tell-applications.ts'
import { earlierOnes } from './check-new-password.ts'

type Owner = { id: UserId; organizationId: OrganizationId }

type Options = {
  /** Somebody else chose it, so its owner replaces it at the next sign-in. */
  mustChange?: boolean
  /** Whether sessions and grants go on; `keep` is the one in which the password is changed. */
  access?: { end: 'all' } | { end: 'others'; keep: SessionId } | { end: 'none' }
  /** Who did it; null for an operator. */
  actor?: UserId | null
  /** What the event says besides. */
  data?: Record<string, unknown>
}

/**
 * Sets a password that was checked and hashed before. The one before goes into the history as far as the policy looks back, outstanding
 * links and codes of its owner die, no browser is trusted any more, failures at the one before count no more, and, unless something else is said, every session and grant
 * ends. Whoever writes something else before in this transaction forgets the failures first: their row comes before all others.
 */
export async function setPassword(
  deps: Deps,
  tx: Executor,
  user: Owner,
  hash: string,
  { mustChange = false, access = { end: 'all' }, actor = null, data = {} }: Options = {},
): Promise<void> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  await forgetFailures(deps, tx, { key: user.id })
  await endOutstanding(deps, tx, user.id)
  await repositories.trustedDevices.removeOfUser(tx, user.id)
  await keepHistory(deps, tx, user, true)
  const id = newId('crd', { now: clock.now, randomBytes })
  await repositories.users.setPassword(tx, { id, userId: user.id, hash, mustChange, now })
  if (access.end !== 'none') await endAccess(deps, tx, user.id, access.end === 'others' ? access.keep : null)
  const { organizationId } = user
  await recordEvent(deps, tx, { type: 'user.password_set', organizationId, actor, target: user.id, data })
}

/** What was sent to somebody, and would let them in, opens nothing any more. */
export async function endOutstanding({ repositories }: Deps, tx: Executor, userId: UserId): Promise<void> {
  await repositories.oneTimeLinks.deleteOfUser(tx, userId)
  await repositories.oneTimeCodes.deleteOfUser(tx, userId)
}

/** Somebody else may know the password: it opens nothing any more, and can not be chosen again. */
export async function takeAwayPassword(deps: Deps, tx: Executor, user: Owner): Promise<void> {
  await keepHistory(deps, tx, user, false)
  await deps.repositories.credentials.removePassword(tx, user.id)
}

async function keepHistory({ clock, repositories }: Deps, tx: Executor, user: Owner, isReplaced: boolean) {
  const present = await repositories.users.findPassword(user.id, tx)
  if (!present) return
  const { value: policy } = await repositories.policies.resolve('password', user.organizationId, tx)
  const keep = earlierOnes(policy, isReplaced)
  await repositories.passwordHistory.add(tx, { userId: user.id, secret: present.hash, now: clock.now(), keep })
}

/** Ends every session and grant; `keep` goes on with what hangs on it, but for offline access, which no session holds. */
async function endAccess(deps: Deps, tx: Executor, userId: UserId, keep: SessionId | null) {
  const { clock, repositories } = deps
  const now = clock.now()
  const live = await repositories.sessions.listLiveOfUser(userId, now, tx)
  const ending = live.map(({ session }) => session.id).filter((id) => id !== keep)
  await tellApplications(deps, tx, await repositories.sessions.end(tx, ending, now))
  await repositories.grants.revokeOfUser(tx, userId, now, keep && { sessionId: keep, offline: false })
}
