import type { Deps, Executor } from '../deps.ts'

/** Rows a transaction may take away: so few that nobody waits for it. */
const BATCH = 200
const DAY = 86_400_000

/** What is over stays a while for a second look, and for the picker. Milliseconds. */
const KEPT = { flows: DAY, tokens: DAY, messages: 14 * DAY, traces: 7 * DAY, sessions: 90 * DAY, devices: 400 * DAY }

type Cleaner = (tx: Executor, most: number) => Promise<number>

/** Removes expired rows, never in a request. Returns how many went. */
export async function cleanUp({ repositories, clock, db }: Deps): Promise<number> {
  const now = clock.now()
  const cleaners: Cleaner[] = [
    (tx, most) => repositories.pushedRequests.deleteExpiredBefore(tx, now - KEPT.flows, most),
    (tx, most) => repositories.authRequests.deleteExpiredBefore(tx, now - KEPT.flows, most),
    (tx, most) => repositories.logoutRequests.deleteExpiredBefore(tx, now - KEPT.flows, most),
    (tx, most) => repositories.deviceAuthorizations.deleteExpiredBefore(tx, now - KEPT.flows, most),
    (tx, most) => repositories.authorizationCodes.deleteExpiredBefore(tx, now - KEPT.tokens, most),
    (tx, most) => repositories.accessTokens.deleteExpiredBefore(tx, now - KEPT.tokens, most),
    (tx, most) => repositories.personalTokens.deleteExpiredBefore(tx, now - KEPT.sessions, most),
    (tx, most) => repositories.refreshTokens.deleteExpiredBefore(tx, now - KEPT.tokens, most),
    (tx, most) => repositories.grants.deleteExpiredBefore(tx, now - KEPT.tokens, most),
    (tx, most) => repositories.oneTimeCodes.deleteExpiredBefore(tx, now - KEPT.flows, most),
    (tx, most) => repositories.oneTimeLinks.deleteExpiredBefore(tx, now - KEPT.flows, most),
    (tx, most) => repositories.webauthnChallenges.deleteExpiredBefore(tx, now, most),
    (tx, most) => repositories.trustedDevices.deleteExpiredBefore(tx, now, most),
    (tx, most) => repositories.knownBrowsers.deleteUnseenSince(tx, now - KEPT.devices, most),
    (tx, most) => repositories.enrollments.deleteExpiredBefore(tx, now, most),
    (tx, most) => repositories.spentProofs.deleteExpiredBefore(tx, now, most),
    (tx, most) => repositories.outboxMessages.deleteFinishedBefore(tx, now - KEPT.messages, most),
    (tx, most) => repositories.logoutNotices.deleteFinishedBefore(tx, now - KEPT.messages, most),
    (tx, most) => repositories.idempotencyKeys.deleteExpiredBefore(tx, now, most),
    (tx, most) => repositories.traces.deleteOldBefore(tx, now - KEPT.traces, most),
    (tx, most) => repositories.rateBuckets.deleteOverBefore(tx, now, most),
    (tx, most) => repositories.loginFailures.deleteForgottenBefore(tx, now, most),
    (tx, most) => repositories.sessions.deleteExpiredBefore(tx, now - KEPT.sessions, most),
    (tx, most) => repositories.devices.deleteUnusedSince(tx, now - KEPT.devices, most),
  ]
  let removed = 0
  for (const clean of cleaners) {
    let went: number
    do {
      went = await db.transaction((tx) => clean(tx, BATCH))
      removed += went
      // requests come in between
      await new Promise((resolve) => setImmediate(resolve))
    } while (went === BATCH)
  }
  return removed
}
