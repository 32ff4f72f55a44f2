import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** Upper bounds of the classes of answering time, in milliseconds. */
const CLASSES = [1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 5_000]

type Tally = { route: string; status: string; seconds: number; counts: number[] }

/**
 * Figures for the operator. Every label is from a closed set of ours: nothing a request says becomes one. Requests are tallied in plain
 * numbers and handed to the registry when somebody asks.
 */
export function createMetrics(waitingHashes: () => number) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const tallies = new Map<string, Tally>()

  const counter = (name: string, help: string, labelNames: string[], fill: (counter: Counter, tally: Tally) => void) =>
    new Counter({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset()
        for (const tally of tallies.values()) fill(this, tally)
      },
    })
  counter(
    'vestibule_http_requests_total',
    'Requests by route and class of status',
    ['route', 'status'],
    (total, tally) => total.inc({ route: tally.route, status: tally.status }, tally.counts.at(-1)),
  )
  counter(
    'vestibule_http_request_seconds_total',
    'Time spent answering, by route',
    ['route', 'status'],
    (total, tally) => total.inc({ route: tally.route, status: tally.status }, tally.seconds),
  )
  counter(
    'vestibule_http_requests_within',
    'Requests answered within so many seconds',
    ['route', 'status', 'le'],
    (total, tally) =>
      CLASSES.forEach((bound, at) => {
        total.inc({ route: tally.route, status: tally.status, le: String(bound / 1000) }, tally.counts[at])
      }),
  )
  new Gauge({
    name: 'vestibule_password_hashes_waiting',
    help: 'Password hashes in line',
    registers: [registry],
    collect() {
      this.set(waitingHashes())
    },
  })

  return {
    /** `elapsed` in milliseconds. */
    observe(route: string, status: number, elapsed: number): void {
      const tally = tallyOf(tallies, route, `${Math.floor(status / 100)}xx`)
      tally.seconds += elapsed / 1000
      for (let at = CLASSES.length - 1; at >= 0 && elapsed <= CLASSES[at]!; at--) tally.counts[at]!++
      tally.counts[CLASSES.length]!++
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** One for each route and class of status: a few hundred at most. The last count is of all requests. */
function tallyOf(tallies: Map<string, Tally>, route: string, status: string): Tally {
  const key = `${route} ${status}`
  const known = tallies.get(key)
  if (known) return known
  const fresh = { route, status, seconds: 0, counts: Array.from({ length: CLASSES.length + 1 }, () => 0) }
  tallies.set(key, fresh)
  return fresh
}
