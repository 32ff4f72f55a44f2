import type { DeliveryFault } from './delivery.ts'

/** From the end of a session to the last attempt to tell an application. Milliseconds. */
export const NOTICE_LIFETIME = 300_000

/** What trying again does not change (OpenID Connect Back-Channel Logout 1.0, 2.8). */
const FINAL: ReadonlySet<DeliveryFault> = new Set<DeliveryFault>(['refused', 'not_allowed'])

/** Milliseconds after the first attempt, and after the second; there is no fourth. */
const PAUSES = [30_000, 120_000]

/** When to tell it again after so many attempts, or null: never. */
export function nextNoticeAttempt(fault: DeliveryFault, attempts: number, now: number): number | null {
  const pause = PAUSES[attempts - 1]
  return FINAL.has(fault) || pause === undefined ? null : now + pause
}
