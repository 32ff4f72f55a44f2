import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { CLASSES, type Sources, type Tally } from './metrics.ts'
import { MESSAGE_OUTCOMES, TRACE_TALLIES } from './tallies.ts'

const CHANNELS = ['email', 'sms'] as const

/** The tallies and the state of the process in the text format of Prometheus. */
export function expose(
  tallies: ReadonlyMap<string, Tally>,
  { waitingHashes, messages, waitingMessages, traces }: Sources,
) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })

  const counter = (name: string, help: string, labels: string[], fill: (counter: Counter, tally: Tally) => void) =>
    new Counter({
      name,
      help,
      labelNames: ['route', 'status', ...labels],
      registers: [registry],
      collect() {
        this.reset()
        for (const tally of tallies.values()) fill(this, tally)
      },
    })
  const requests = 'vestibule_http_request'
  counter(`${requests}s_total`, 'Requests by route and class of status', [], (total, { route, status, counts }) =>
    total.inc({ route, status }, counts.at(-1)),
  )
  counter(`${requests}_seconds_total`, 'Time spent answering', [], (total, { route, status, seconds }) =>
    total.inc({ route, status }, seconds),
  )
  counter(
    `${requests}s_within`,
    'Requests answered within so many seconds',
    ['le'],
    (total, { route, status, counts }) =>
      CLASSES.forEach((bound, at) => {
        total.inc({ route, status, le: String(bound / 1000) }, counts[at])
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
  new Counter({
    name: 'vestibule_messages_total',
    help: 'Attempts to send messages, by channel and outcome',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const channel of CHANNELS)
        for (const outcome of MESSAGE_OUTCOMES) this.inc({ channel, outcome }, messages.of(channel, outcome))
    },
  })
  new Counter({
    name: 'vestibule_traces_total',
    help: 'Refused requests of applications, by whether they left a trace',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const outcome of TRACE_TALLIES) this.inc({ outcome }, traces.of(outcome))
    },
  })
  new Gauge({
    name: 'vestibule_messages_waiting',
    help: 'Messages in the outbox that are still to be sent, of all processes',
    labelNames: ['channel'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const channel of CHANNELS) this.set({ channel }, 0)
      for (const { channel, waiting } of await waitingMessages()) this.set({ channel }, waiting)
    },
  })
  return { text: () => registry.metrics(), contentType: registry.contentType }
}
