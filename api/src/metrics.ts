import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** Figures for the operator. Every label is from a closed set of ours: nothing a request says becomes one. */
export function createMetrics(waitingHashes: () => number) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'vestibule_http_requests_total',
    help: 'Requests by route of the access table and class of status',
    labelNames: ['route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'vestibule_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  new Gauge({
    name: 'vestibule_password_hashes_waiting',
    help: 'Password hashes in line',
    registers: [registry],
    collect() {
      this.set(waitingHashes())
    },
  })
  return {
    observe(route: string, status: number, elapsed: number) {
      requests.inc({ route, status: `${Math.floor(status / 100)}xx` })
      seconds.observe({ route }, elapsed / 1000)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
