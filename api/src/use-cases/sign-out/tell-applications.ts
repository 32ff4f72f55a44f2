import type { Deps, Executor, LogoutParty } from '../../deps.ts'
import { newId, type SessionId } from '../../domain/ids.ts'

/**
 * Sessions have ended, in this transaction: the applications that took part in them are to be told (OpenID Connect Back-Channel Logout 1.0,
 * 2). Nothing is sent here, so nobody waits for an application. Out: those applications, for the page that tells them in the browser.
 */
export async function tellApplications(
  deps: Deps,
  tx: Executor,
  sessions: readonly SessionId[],
): Promise<LogoutParty[]> {
  if (sessions.length === 0) return []
  const { clock, db, post, randomBytes, repositories } = deps
  const parties = await repositories.grants.listParties(tx, sessions)
  const told = parties.filter(({ application }) => application.settings.backchannelLogoutUri !== null)
  const notices = told.map(({ application, sessionId, subject, issuer }) => ({
    id: newId('ntc', { now: clock.now, randomBytes }),
    applicationId: application.id,
    sessionId,
    subject,
    issuer,
    createdAt: clock.now(),
  }))
  await repositories.logoutNotices.create(tx, notices)
  if (notices.length > 0) db.afterCommit(post.bell.ring)
  return parties
}
