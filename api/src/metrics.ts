import type { Channel } from './domain/messages.ts'
import type { Tallies } from './tallies.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** Upper bounds of the classes of answering time, in milliseconds. */
export const CLASSES = [1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 5_000]

/** Requests of one route and class of status. The last count is of all of them, the others of those within each class. */
export type Tally = { route: string; status: string; seconds: number; counts: number[] }

/** What is asked when somebody reads the figures. */
export type Sources = {
  waitingHashes: () => number
  messages: Tallies['messages']
  traces: Tallies['traces']
  waitingMessages: () => Promise<{ channel: Channel; waiting: number }[]>
}

/**
 * Figures for the operator. Every label is from a closed set of ours: nothing a request says becomes one. Requests are tallied in plain
 * numbers; what writes them out is loaded when somebody asks for the first time.
 */
export function createMetrics(sources: Sources) {
  const tallies = new Map<string, Tally>()
  let exposition: Promise<{ text(): Promise<string>; contentType: string }> | undefined

  return {
    /** `elapsed` in milliseconds. */
    observe(route: string, status: number, elapsed: number): void {
      const tally = tallyOf(tallies, route, `${Math.floor(status / 100)}xx`)
      tally.seconds += elapsed / 1000
      for (let at = CLASSES.length - 1; at >= 0 && elapsed <= CLASSES[at]!; at--) tally.counts[at]!++
      tally.counts[CLASSES.length]!++
    },
    async read(): Promise<{ text: string; contentType: string }> {
      exposition ??= import('./metrics-exposition.ts').then(({ expose }) => expose(tallies, sources))
      const { text, contentType } = await exposition
      return { text: await text(), contentType }
    },
  }
}

/** One for each route and class of status: a few hundred at most. */
function tallyOf(tallies: Map<string, Tally>, route: string, status: string): Tally {
  const key = `${route} ${status}`
  const known = tallies.get(key)
  if (known) return known
  const fresh = { route, status, seconds: 0, counts: Array.from({ length: CLASSES.length + 1 }, () => 0) }
  tallies.set(key, fresh)
  return fresh
}
