import { isToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { LINK_LIMIT, takeAttempt } from '../limits.ts'
import { type AccountHandle, currentAccount } from '../me/current-account.ts'
import { recordEvent } from '../record-event.ts'
import { loginNameOf } from '../users/login-name.ts'

type Owner = { id: UserId; organizationId: OrganizationId }

/** The account stays, and the link that would say so is over. What ended when the deletion was planned stays ended. */
export async function keepAccount(deps: Deps, tx: Executor, user: Owner, actor: UserId | null): Promise<boolean> {
  await deps.repositories.oneTimeLinks.deleteFor(tx, user.id, 'undo_deletion')
  if (!(await deps.repositories.departures.undo(tx, user.id, deps.clock.now()))) return false
  const { organizationId, id: target } = user
  await recordEvent(deps, tx, { type: 'user.deletion_undone', organizationId, actor, target })
  return true
}

/** Said in the own account. @throws Problem unauthenticated */
export function undoDeletion(deps: Deps, handle: AccountHandle): Promise<void> {
  return deps.db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    await keepAccount(deps, tx, { id: login.userId, organizationId: login.organizationId }, login.userId)
  })
}

/** Said by the link of the mail; nobody needs to be signed in, and who is plays no part. @throws Problem code_invalid, too_many_attempts */
export async function undoDeletionByLink(
  deps: Deps,
  { token, address }: { token: string; address: string },
): Promise<{ loginName: string }> {
  const { db, clock, repositories } = deps
  await db.transaction((tx) => takeAttempt(deps, tx, LINK_LIMIT, address))
  if (!isToken('one_time_link', token)) throw new Problem('code_invalid')
  return db.transaction(async (tx) => {
    const key = { tokenHash: tokenHash(token), purpose: 'undo_deletion', now: clock.now() } as const
    const link = await repositories.oneTimeLinks.consume(tx, key)
    const person = link && (await repositories.users.findPerson(link.userId, tx))
    if (!person || !(await keepAccount(deps, tx, person, null))) throw new Problem('code_invalid')
    return { loginName: await loginNameOf(deps, person.id, tx) }
  })
}
