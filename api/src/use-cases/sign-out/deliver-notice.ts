import type { Deps, KnownApplication, LogoutNotice } from '../../deps.ts'
import { DeliveryFailed, type DeliveryFault } from '../../domain/delivery.ts'
import { NOTICE_LIFETIME, nextNoticeAttempt } from '../../domain/logout-notice.ts'
import { OutboundRefused } from '../../domain/outbound-refused.ts'
import { recordEvent } from '../record-event.ts'

/** Milliseconds that one attempt may take, and a claim lasts. */
const PATIENCE = 10_000
const CLAIM = 30_000
/** Seconds that a logout token is good for. */
const TOKEN_LIFETIME = 120

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

export type ClaimedNotice = LogoutNotice & { holder: string }

/** Takes notices that are due, at most so many, for this holder. No transaction is opened where there is nothing to do. */
export async function claimNotices(
  { db, clock, repositories }: Deps,
  { holder, most }: { holder: string; most: number },
): Promise<ClaimedNotice[]> {
  const now = clock.now()
  const firstDue = await repositories.logoutNotices.findFirstDue()
  if (firstDue === null || firstDue > now) return []
  const claimed = await db.transaction((tx) =>
    repositories.logoutNotices.claim(tx, { holder, now, until: now + CLAIM, most }),
  )
  return claimed.map((notice) => ({ ...notice, holder }))
}

/**
 * One attempt to tell an application that a session is over (OpenID Connect Back-Channel Logout 1.0, 2.5), and what became of it. Each has a
 * token of its own. When `stopping` is aborted the notice is given back.
 */
export async function deliverNotice(deps: Deps, notice: ClaimedNotice, stopping: AbortSignal): Promise<void> {
  const { db, clock, repositories } = deps
  const application = await repositories.applications.findActive(notice.applicationId)
  try {
    // switched off, or not to be told any more
    if (!application?.settings.backchannelLogoutUri) throw new DeliveryFailed('not_set_up')
    await send(deps, notice, { application, url: application.settings.backchannelLogoutUri }, stopping)
  } catch (error) {
    if (stopping.aborted) {
      const before = { attempts: notice.attempts - 1, now: clock.now() }
      await db.transaction((tx) => repositories.logoutNotices.giveBack(tx, notice, before))
      return
    }
    return fail(deps, notice, application, error)
  }
  await db.transaction(async (tx) => {
    if (await repositories.logoutNotices.markSent(tx, notice))
      await recordEvent(deps, tx, eventOf(notice, application, 'logout.delivered', {}))
  })
}

type Target = { application: KnownApplication; url: string }

async function send(deps: Deps, notice: ClaimedNotice, { application, url }: Target, stopping: AbortSignal) {
  const late = AbortSignal.timeout(PATIENCE)
  const { status } = await deps.outbound({
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: await logoutToken(deps, notice, application) }).toString(),
    signal: AbortSignal.any([late, stopping]),
  })
  if (status === 200 || status === 204) return
  // it understood, and says no: that does not change
  throw new DeliveryFailed(status === 400 ? 'refused' : 'deferred')
}

/** A logout token (2.4): of a type of its own, and never with a nonce, so that it passes for no other token. */
function logoutToken(
  deps: Deps,
  { issuer, subject, sessionId }: LogoutNotice,
  { clientId, settings }: KnownApplication,
) {
  const now = Math.floor(deps.clock.now() / 1000)
  return deps.keys.sign(settings.idTokenAlgorithm, 'logout+jwt', {
    iss: issuer,
    aud: clientId,
    iat: now - settings.clockSkew,
    exp: now + TOKEN_LIFETIME,
    jti: deps.randomBytes(16).toString('base64url'),
    sub: subject,
    sid: sessionId,
    events: { [EVENT]: {} },
  })
}

async function fail(deps: Deps, notice: ClaimedNotice, application: KnownApplication | null, error: unknown) {
  const { clock, db, log, repositories } = deps
  const fault = faultOf(error)
  log.warn(
    { notice: notice.id, application: notice.applicationId, attempts: notice.attempts, fault, error },
    'an application was not told of a sign-out',
  )
  const again = fault === 'not_set_up' ? null : nextNoticeAttempt(fault, notice.attempts, clock.now())
  await db.transaction(async (tx) => {
    if (again !== null && again < notice.createdAt + NOTICE_LIFETIME)
      return repositories.logoutNotices.postpone(tx, notice, again, fault)
    if (await repositories.logoutNotices.markDead(tx, notice, fault))
      await recordEvent(deps, tx, eventOf(notice, application, 'logout.undeliverable', { fault }))
  })
}

function faultOf(error: unknown): DeliveryFault {
  if (error instanceof DeliveryFailed) return error.fault
  if (error instanceof OutboundRefused) return 'not_allowed'
  return error instanceof DOMException && /Abort|Timeout/.test(error.name) ? 'timeout' : 'unreachable'
}

const eventOf = (
  { applicationId, sessionId, attempts }: LogoutNotice,
  application: KnownApplication | null,
  type: 'logout.delivered' | 'logout.undeliverable',
  data: { fault?: DeliveryFault },
) => ({
  type,
  organizationId: application?.organizationId ?? ('instance' as const),
  target: applicationId,
  data: { session: sessionId, attempts, ...data },
})
