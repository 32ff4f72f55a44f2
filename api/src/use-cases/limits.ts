import type { Deps, Executor } from '../deps.ts'
import { Problem } from '../domain/problem.ts'

/** What is counted together, and after how many seconds counting starts over. */
type Counter = { purpose: string; window: number }

/** How often something may be tried in how many seconds. */
export type Limit = Counter & { most: number }

/** Guesses from one address at whomever. What is guessed of one person is counted in `guesses/`. */
export const GUESS_LIMIT: Limit = { purpose: 'guess/address', most: 200, window: 900 }

export const SETUP_LIMIT: Limit = { purpose: 'password_setup/address', most: 60, window: 900 }

/** Links of messages that do something with one press. */
export const LINK_LIMIT: Limit = { purpose: 'link/address', most: 20, window: 900 }

/** Links for a passkey on another device, looked at and used, from one address. */
export const PASSKEY_LINK_LIMIT: Limit = { purpose: 'passkey_link/address', most: 60, window: 900 }

/** New passwords that were chosen, good or not, from one address: comparing them with earlier ones is work. */
export const NEW_PASSWORD_LIMIT: Limit = { purpose: 'new_password/address', most: 100, window: 900 }

/** Resets from one address: asked for, and codes or links tried. How often somebody gets a message is counted by the outbox. */
export const RESET_LIMITS = {
  asking: { purpose: 'reset/address', most: 50, window: 900 },
  entering: { purpose: 'reset/entering', most: 100, window: 900 },
} as const satisfies Record<string, Limit>

/** Codes of devices that were typed, right or wrong: in one browser, and from one address. */
export const DEVICE_LIMITS = {
  browser: { purpose: 'device/browser', most: 10, window: 300 },
  address: { purpose: 'device/address', most: 30, window: 300 },
} as const satisfies Record<string, Limit>

/** Counts one use, in a row that every process and every restart shares. */
export function countUse(
  { box, clock, repositories }: Deps,
  tx: Executor,
  { purpose, window }: Counter,
  value: string,
): Promise<{ used: number; resetsAt: number }> {
  const now = clock.now()
  const key = `${purpose}/${box.nameOf(purpose, value)}`
  return repositories.rateBuckets.take(tx, { key, now, resetsAt: now + window * 1000 })
}

/** Counts one attempt, and says whether it is within the limit and when counting starts over (milliseconds). */
export async function countAttempt(
  deps: Deps,
  tx: Executor,
  limit: Limit,
  value: string,
): Promise<{ isWithin: boolean; resetsAt: number }> {
  const { used, resetsAt } = await countUse(deps, tx, limit, value)
  return { isWithin: used <= limit.most * deps.settings.rateLimitFactor, resetsAt }
}

/**
 * Counts one attempt before anything is compared.
 * @throws Problem too_many_attempts with the seconds to wait.
 */
export async function takeAttempt(deps: Deps, tx: Executor, limit: Limit, value: string): Promise<void> {
  const { isWithin, resetsAt } = await countAttempt(deps, tx, limit, value)
  if (!isWithin) throw new Problem('too_many_attempts', { retryAfter: Math.ceil((resetsAt - deps.clock.now()) / 1000) })
}
