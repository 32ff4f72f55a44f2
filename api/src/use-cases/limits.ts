import type { Deps, Executor } from '../deps.ts'
import { Problem } from '../domain/problem.ts'

/** How often something may be tried in how many seconds. */
export type Limit = { purpose: string; most: number; window: number }

/** Passwords: for one name from one address, for one name from anywhere, for one address. */
export const PASSWORD_LIMITS = {
  nameAndAddress: { purpose: 'password/name+address', most: 10, window: 900 },
  name: { purpose: 'password/name', most: 100, window: 900 },
  address: { purpose: 'password/address', most: 200, window: 900 },
} as const satisfies Record<string, Limit>

export const SETUP_LIMIT: Limit = { purpose: 'password_setup/address', most: 20, window: 900 }

const keyOf = ({ box }: Deps, { purpose }: Limit, value: string) => `${purpose}/${box.nameOf(purpose, value)}`

/**
 * Counts one attempt, and says whether it is within the limit and when counting starts over (milliseconds). The buckets are rows, so every
 * process and every restart shares them.
 */
export async function countAttempt(
  deps: Deps,
  tx: Executor,
  limit: Limit,
  value: string,
): Promise<{ isWithin: boolean; resetsAt: number }> {
  const now = deps.clock.now()
  const key = keyOf(deps, limit, value)
  const { used, resetsAt } = await deps.repositories.rateBuckets.take(tx, {
    key,
    now,
    resetsAt: now + limit.window * 1000,
  })
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

/** Forgets the attempts of somebody who got in. */
export async function forgiveAttempts(deps: Deps, tx: Executor, limit: Limit, value: string): Promise<void> {
  await deps.repositories.rateBuckets.reset(tx, keyOf(deps, limit, value))
}
