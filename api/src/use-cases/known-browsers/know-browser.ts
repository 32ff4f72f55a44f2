import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import {
  type ApplicationId,
  type DeviceId,
  newId,
  type OrganizationId,
  type SessionId,
  type UserId,
} from '../../domain/ids.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'
import { recordEvent } from '../record-event.ts'

/** Who comes often gets no new cookie each time. Milliseconds. */
const FRESH = 30 * 86_400_000

type Visit = { deviceId: DeviceId; userId: UserId }

/**
 * What stands for the browser where an application on the device of a person signs them in by itself: the key that it proves, by its
 * thumbprint. It is no token, so no cookie can say it.
 */
export const knownByKey = (application: ApplicationId, thumbprint: string): string =>
  `known by key ${application} ${thumbprint}`

type Arrived = Where & { isByKey: boolean }
type Where = { organizationId: OrganizationId; sessionId: SessionId }

/**
 * Somebody's login is complete in this browser. Where they were never in it before they are told by mail, with the way to say it was not
 * them. Last in its transaction: it counts messages, and what it waits for there waits for nothing else.
 * Out: the cookie by which the browser is known from now on; undefined where it has one.
 */
export async function welcome(
  deps: Deps,
  tx: Executor,
  { isByKey, organizationId, sessionId, ...visit }: Visit & Arrived,
): Promise<string | undefined> {
  const place = await deps.repositories.knownBrowsers.find(visit.deviceId, visit.userId, tx)
  if (!place) return undefined
  if (place.seenAt !== null && place.seenAt + FRESH > deps.clock.now()) return undefined
  // a key is proven each time and never copied, so it stays what it is known by
  const lasting = isByKey ? place.tokenHash : null
  const token = lasting === null ? await keep(deps, tx, visit, place.tokenHash) : undefined
  if (lasting !== null) await keepAs(deps, tx, visit, { before: null, tokenHash: lasting })
  if (place.seenAt === null) await tell(deps, tx, { organizationId, sessionId, userId: visit.userId, ...place })
  return token
}

/** An account was made in this browser: its owner need not be told that it is used there. Out: the cookie, as above. */
export async function knowBrowser(deps: Deps, tx: Executor, visit: Visit): Promise<string> {
  const place = await deps.repositories.knownBrowsers.find(visit.deviceId, visit.userId, tx)
  return keep(deps, tx, visit, place?.tokenHash ?? null)
}

async function keep(deps: Deps, tx: Executor, visit: Visit, before: string | null): Promise<string> {
  const token = newToken('known_browser', deps.randomBytes)
  await keepAs(deps, tx, visit, { before, tokenHash: tokenHash(token) })
  return token
}

type By = { before: string | null; tokenHash: string }

async function keepAs({ clock, randomBytes, repositories }: Deps, tx: Executor, visit: Visit, by: By): Promise<void> {
  const id = newId('kno', { now: clock.now, randomBytes })
  await repositories.knownBrowsers.keep(tx, { ...visit, ...by, id, now: clock.now() })
}

type New = Where & { userId: UserId; userAgent: string }

/** Mails have their limits, and what happened is read in the account when they are reached. */
async function tell(deps: Deps, tx: Executor, { organizationId, sessionId, userId, userAgent }: New): Promise<void> {
  const event = { type: 'user.new_browser_noticed', organizationId, actor: userId, target: sessionId } as const
  await recordEvent(deps, tx, event)
  const values = { at: deps.clock.now(), notMeLink: await createNotMeLink(deps, tx, userId), userAgent }
  await notifyUser(deps, tx, userId, { channel: 'email', kind: 'new_device', values })
}
