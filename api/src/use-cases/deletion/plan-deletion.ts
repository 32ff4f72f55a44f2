import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { type AccountHandle, currentAccount } from '../me/current-account.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { recordEvent } from '../record-event.ts'
import { endAccess } from '../sign-out/end-access.ts'
import { mustLeaveOwner } from './must-leave-owner.ts'

/** The token stands behind the #, so it reaches no server, log or referrer. */
const UNDO_PATH = '/undo-deletion#'
const DAY = 86_400_000

/**
 * The account goes for good when the days of grace are over. Until then its owner can sign in to these pages, and nothing else: other
 * sessions and everything granted end now. Asked again it stays with the first date. Out: that date, in milliseconds.
 * @throws Problem unauthenticated, reauth_required, invalid_input when it is not the login name, last_owner
 */
export function planDeletion(deps: Deps, handle: AccountHandle, typed: string): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const { login, account } = await currentAccount(deps, handle, tx)
    if (typed.trim().toLowerCase() !== account.loginName.toLowerCase())
      throw new Problem('invalid_input', { fields: { loginName: ['invalid'] } })
    if (account.user.deletionAt !== null) return account.user.deletionAt
    await mustLeaveOwner(deps, tx, login.userId)

    const { repositories, settings, clock } = deps
    const deletionAt = clock.now() + settings.deletionGraceDays * DAY
    await repositories.oneTimeLinks.deleteOfUser(tx, login.userId)
    await repositories.oneTimeCodes.deleteOfUser(tx, login.userId)
    await repositories.departures.plan(tx, login.userId, deletionAt)
    const user = { id: login.userId, organizationId: login.organizationId }
    await endAccess(deps, tx, user, login.sessionId)
    const undoLink = await createUndoLink(deps, tx, login.userId, deletionAt)
    await notifyUser(deps, tx, login.userId, {
      channel: 'email',
      kind: 'deletion_planned',
      values: { date: deletionAt, undoLink },
    })
    await recordEvent(deps, tx, {
      type: 'user.deletion_planned',
      organizationId: login.organizationId,
      actor: login.userId,
      target: login.userId,
      data: { deletionAt },
    })
    return deletionAt
  })
}

async function createUndoLink(deps: Deps, tx: Executor, userId: UserId, expiresAt: number): Promise<string> {
  const token = newToken('one_time_link', deps.randomBytes)
  await deps.repositories.oneTimeLinks.create(tx, {
    tokenHash: tokenHash(token),
    purpose: 'undo_deletion',
    userId,
    createdAt: deps.clock.now(),
    expiresAt,
  })
  return deps.settings.issuer + UNDO_PATH + token
}
