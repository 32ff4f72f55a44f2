import type { Clock } from '../deps.ts'

/** Traces in ten minutes: of all, of one client, from one address. What is beyond leaves none. */
const MOST = { all: 200, client: 60, address: 30 }
const WINDOW = 600_000

export type TraceLimit = ReturnType<typeof createTraceLimit>

/**
 * Refused requests cost a row, and strangers can send as many as they like: they are counted here first, in memory. Only what is let through
 * is counted, so the counters are as few as the rows. By the name that was said, so that an unknown client is counted like a known one.
 */
export function createTraceLimit(clock: Clock, factor: number) {
  let over = 0
  let all = 0
  const counts = new Map<string, number>()

  return {
    /** Whether one more may be written; counts it. */
    take(clientId: string | null, address: string): boolean {
      const now = clock.now()
      if (now >= over) {
        over = now + WINDOW
        all = 0
        counts.clear()
      }
      const keys = { client: `client ${clientId ?? ''}`, address: `address ${address}` }
      const used = (key: string) => counts.get(key) ?? 0
      const isFull = (kind: 'client' | 'address') => used(keys[kind]) >= MOST[kind] * factor
      if (all >= MOST.all * factor || isFull('client') || isFull('address')) return false
      all++
      for (const key of Object.values(keys)) counts.set(key, used(key) + 1)
      return true
    },
  }
}
