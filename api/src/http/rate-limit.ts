import type { Clock } from '../deps.ts'
import { Problem } from '../domain/problem.ts'
import type { Access } from './access.ts'

/** Requests a minute from one address. Generous: many people share one; what protects accounts is counted in the database. */
const PER_MINUTE: Record<Exclude<Access['bucket'], 'unlimited'>, number> = {
  pages: 1_200,
  authorize: 1_200,
  login: 600,
  account: 600,
  management: 6_000,
  protocol: 12_000,
}

/** Wrong client secrets a minute, for one client from one address. */
const CLIENT_FAILURES = 60

/** Host names a minute that are looked up for one address: each costs a read. */
const HOSTS = 120

const MINUTE = 60_000
/** Addresses remembered at once; beyond it the oldest are forgotten, so that memory is bounded. */
const MOST_REMEMBERED = 20_000

export type RateLimit = ReturnType<typeof createRateLimit>

/** Counts in memory, for the hot endpoints: no row is written for a request that only asks. */
export function createRateLimit(clock: Clock, factor: number) {
  const counts = new Map<string, { used: number; resetsAt: number }>()

  function current(key: string) {
    const now = clock.now()
    const known = counts.get(key)
    if (known && known.resetsAt > now) return known
    counts.delete(key)
    if (counts.size >= MOST_REMEMBERED) counts.delete(counts.keys().next().value!)
    const fresh = { used: 0, resetsAt: now + MINUTE }
    counts.set(key, fresh)
    return fresh
  }

  function refuse(resetsAt: number): never {
    throw new Problem('too_many_attempts', { retryAfter: Math.max(1, Math.ceil((resetsAt - clock.now()) / 1000)) })
  }

  return {
    /** @throws Problem too_many_attempts */
    take(bucket: Access['bucket'], address: string): void {
      if (bucket === 'unlimited') return
      const count = current(`${bucket} ${address}`)
      if (++count.used > PER_MINUTE[bucket] * factor) refuse(count.resetsAt)
    },
    /** @throws Problem too_many_attempts when this client failed too often from this address; others are not shut out */
    mayAuthenticate(clientId: string, address: string): void {
      const count = counts.get(`client ${clientId.slice(0, 64)} ${address}`)
      if (count && count.resetsAt > clock.now() && count.used >= CLIENT_FAILURES * factor) refuse(count.resetsAt)
    },
    /** Whether one more host that nobody knows is looked up for this address. */
    mayAskForHost: (address: string): boolean => ++current(`host ${address}`).used <= HOSTS * factor,
    noteFailure(clientId: string, address: string): void {
      current(`client ${clientId.slice(0, 64)} ${address}`).used++
    },
  }
}
