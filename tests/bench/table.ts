import type { Footprint } from './footprint.ts'
import { type Latencies, RATE } from './latency.ts'
import type { OwnCost } from './own.ts'
import type { Cost } from './processor-time.ts'
import { median, quantile, ratio } from './statistics.ts'
import { floor } from './subjects/floor.ts'
import { oidcProvider } from './subjects/oidc-provider.ts'
import { vestibule } from './subjects/vestibule.ts'

/** A Markdown table and whether it holds every target. */
export type Table = { text: string; met: boolean }

const LIMITS = { idleMb: 120, startMs: 600 }

/** Nothing is judged where Vestibule was left out. */
const mark = (met: boolean | undefined) => (met === undefined ? '-' : met ? 'yes' : '**no**')
const milliseconds = (values: number[] | undefined) => (values ? `${median(values).toFixed(3)} ms` : '-')

/** Server processor time per operation of each subject, and as a share of the peer's: median and middle half of the rounds. */
export function costTable(costs: Cost[]): Table {
  let met = true
  const rows = costs.map(({ operation, rounds }) => {
    const peer = rounds.get(oidcProvider.name) as number[]
    const share = (values: number[]) => {
      const { middle, low, high } = ratio(values, peer)
      return `${middle.toFixed(2)}x (${low.toFixed(2)} to ${high.toFixed(2)})`
    }
    const ours = rounds.get(vestibule.name)
    const bare = rounds.get(floor.name)
    const good = ours && ratio(ours, peer).middle <= operation.target
    if (good === false) met = false
    return [
      operation.title,
      milliseconds(peer),
      milliseconds(ours),
      ours ? share(ours) : '-',
      `${operation.target.toFixed(2)}x`,
      mark(good),
      milliseconds(bare),
      bare ? share(bare) : '-',
    ]
  })
  const head = ['operation', oidcProvider.name, vestibule.name, 'share', 'at most', 'met', floor.name, 'share']
  return { text: render(head, rows), met }
}

/** What only Vestibule does, with what it is measured beside. */
export function ownTable(costs: OwnCost[]): Table {
  let met = true
  const rows = costs.map(({ title, rounds, beside, limit }) => {
    if (!beside || !limit) return [title, milliseconds(rounds), '', '', '', '']
    const isFloor = 'least' in limit
    const { middle, low, high } = isFloor ? ratio(beside.rounds, rounds) : ratio(rounds, beside.rounds)
    const good = isFloor ? limit.least === null || middle >= limit.least : limit.most === null || middle <= limit.most
    if (!good) met = false
    const target = isFloor ? limit.least : limit.most
    return [
      title,
      milliseconds(rounds),
      `${beside.title}: ${milliseconds(beside.rounds)}`,
      `${middle.toFixed(2)}x (${low.toFixed(2)} to ${high.toFixed(2)})`,
      target === null ? '' : `at ${isFloor ? 'least' : 'most'} ${target.toFixed(2)}x`,
      target === null ? '' : mark(good),
    ]
  })
  return { text: render(['operation', vestibule.name, 'beside', 'share', 'target', 'met'], rows), met }
}

/** How long one waits for a token where requests come evenly, whatever became of those before. Nothing is judged. */
export function latencyTable(latencies: Latencies): Table {
  const names = [oidcProvider.name, vestibule.name]
  const parts = { 'half within': 0.5, '99 of 100 within': 0.99, '999 of 1000 within': 0.999 }
  const rows = Object.entries(parts).map(([title, part]) => [
    title,
    ...names.map((name) => {
      const values = latencies.get(name)
      return values ? `${quantile(values, part).toFixed(2)} ms` : '-'
    }),
  ])
  return { text: render([`client_credentials, ${RATE} requests a second`, ...names], rows), met: true }
}

/** Memory and start of each subject. */
export function footprintTable(footprints: Map<string, Footprint>): Table {
  const names = [oidcProvider.name, vestibule.name, floor.name]
  const all = (show: (footprint: Footprint) => string) =>
    names.map((name) => {
      const footprint = footprints.get(name)
      return footprint ? show(footprint) : '-'
    })
  const ours = footprints.get(vestibule.name)
  const memory = ours && ours.idleMb <= LIMITS.idleMb
  const start = ours && ours.startMs <= LIMITS.startMs
  const rows = [
    [
      'idle memory, after one login',
      ...all(({ idleMb }) => `${idleMb.toFixed(0)} MB`),
      `${LIMITS.idleMb} MB`,
      mark(memory),
    ],
    ['start to first answer', ...all(({ startMs }) => `${startMs.toFixed(0)} ms`), `${LIMITS.startMs} ms`, mark(start)],
  ]
  return { text: render(['', ...names, 'at most', 'met'], rows), met: memory !== false && start !== false }
}

function render(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] as string).length)))
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
