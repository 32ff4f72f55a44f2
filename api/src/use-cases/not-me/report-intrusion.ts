import { isToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { LINK_LIMIT, takeAttempt } from '../limits.ts'
import { type AccountHandle, currentAccount } from '../me/current-account.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { takeAwayPassword } from '../password/set-password.ts'
import { recordEvent } from '../record-event.ts'
import { endAccess } from '../sign-out/end-access.ts'
import { loginNameOf } from '../users/login-name.ts'
import { createNotMeLink } from './not-me-link.ts'

type Owner = { id: UserId; organizationId: OrganizationId }
type Where = { userAgent: string }

type Reported = { ended: number; password: 'to_replace' | 'gone' }

/**
 * Said in the own account, with a young proof. This session is kept: whoever came by the password chooses another one at once, and until
 * then nothing goes on in it; whoever came by a passkey goes on, and the password is gone. Out: how many other sessions ended, too.
 * @throws Problem unauthenticated, reauth_required
 */
export async function reportIntrusion(deps: Deps, handle: AccountHandle, { userAgent }: Where): Promise<Reported> {
  const browser = await describeBrowser(userAgent)
  return deps.db.transaction(async (tx) => {
    const { login, device } = await currentAccount(deps, handle, tx)
    const user = { id: login.userId, organizationId: login.organizationId }
    await deps.repositories.oneTimeLinks.deleteOfUser(tx, user.id)
    await deps.repositories.oneTimeCodes.deleteOfUser(tx, user.id)
    // who came by a passkey is asked for no new password, so that whoever knows the old one would be the first to replace it
    const password = login.factors.includes('password') ? 'to_replace' : 'gone'
    if (password === 'gone') await takeAwayPassword(deps, tx, user)
    else await deps.repositories.credentials.demandNewPassword(tx, user.id)
    const ended = await endAccess(deps, tx, user, login.sessionId)
    const here = await deps.repositories.knownBrowsers.find(device.id, user.id, tx)
    await deps.repositories.knownBrowsers.forget(tx, user.id, here?.tokenHash ?? null)
    await tell(deps, tx, user, { by: 'page', browser, actor: user.id })
    return { ended, password }
  })
}

type Visitor = Where & { token: string; address: string }

/**
 * Said by the link of a notice, by whoever can open the mailbox: that must be enough to stop somebody who knows the password, so it is
 * taken away, and only a reset sets another. Nobody needs to be signed in, and who is plays no part.
 * @throws Problem code_invalid, too_many_attempts
 */
export async function reportIntrusionByLink(
  deps: Deps,
  { token, address, userAgent }: Visitor,
): Promise<{ loginName: string }> {
  await deps.db.transaction((tx) => takeAttempt(deps, tx, LINK_LIMIT, address))
  if (!isToken('one_time_link', token)) throw new Problem('code_invalid')
  const { db, clock, repositories } = deps
  const browser = await describeBrowser(userAgent)
  return db.transaction(async (tx) => {
    const key = { tokenHash: tokenHash(token), purpose: 'not_me', now: clock.now() } as const
    const link = await repositories.oneTimeLinks.consume(tx, key)
    const person = link && (await repositories.users.findPerson(link.userId, tx))
    if (!person) throw new Problem('code_invalid')
    await repositories.oneTimeLinks.deleteOfUser(tx, person.id)
    await repositories.oneTimeCodes.deleteOfUser(tx, person.id)
    await takeAwayPassword(deps, tx, person)
    await takeAwayPasskeys(deps, tx, person)
    await endAccess(deps, tx, person, null)
    await deps.repositories.knownBrowsers.forget(tx, person.id, null)
    await tell(deps, tx, person, { by: 'link', browser, actor: null })
    return { loginName: await loginNameOf(deps, person.id, tx) }
  })
}

/** One of them may be the stranger's, and nobody can tell which. They stay where no reset could let their owner in again. */
async function takeAwayPasskeys({ repositories }: Deps, tx: Executor, { id }: Owner): Promise<void> {
  const person = await repositories.users.findFacts(id, tx)
  if (person?.policy.allowPassword && person.policy.allowPasswordReset)
    await repositories.webauthnCredentials.removePasskeys(tx, id)
}

type Report = {
  by: 'page' | 'link'
  browser: Awaited<ReturnType<typeof describeBrowser>>
  actor: UserId | null
}

async function tell(deps: Deps, tx: Executor, { id, organizationId }: Owner, { by, browser, actor }: Report) {
  const values = { at: deps.clock.now(), ...browser, notMeLink: await createNotMeLink(deps, tx, id) }
  await notifyUser(deps, tx, id, { channel: 'email', kind: 'intrusion_reported', values })
  await recordEvent(deps, tx, { type: 'user.intrusion_reported', organizationId, actor, target: id, data: { by } })
}
