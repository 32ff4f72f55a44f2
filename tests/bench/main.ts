/**
 * Vestibule against a named peer, `oidc-provider` with a better-sqlite3 adapter, in one run: all servers on one pinned core, in
 * alternating batches, with the same kind of keys, the same hash and the same `synchronous`, every response checked.
 *
 *   node tests/bench/main.ts [--quick] [--only=Vestibule,oidc-provider,...] [words]
 *
 * With words only the rows whose titles hold one of them. Prints Markdown. Ends with 1 when a target is missed.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureFootprint } from './footprint.ts'
import { type Installation, install } from './installation.ts'
import { measureLatency } from './latency.ts'
import { pinDriver } from './machine/processor.ts'
import { OPERATIONS } from './operations.ts'
import { measureOwn } from './own.ts'
import { probe } from './probe.ts'
import { probePrograms } from './probe-programs.ts'
import { type Cost, type Effort, measureProcessorTime } from './processor-time.ts'
import { PROGRAM_OPERATIONS } from './program-operations.ts'
import { floor } from './subjects/floor.ts'
import { oidcProvider, oidcProviderForPrograms } from './subjects/oidc-provider.ts'
import type { Subject, Synchronous } from './subjects/subject.ts'
import { vestibule } from './subjects/vestibule.ts'
import { costTable, footprintTable, latencyTable, ownTable, type Table } from './table.ts'

const { values: options, positionals: words } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  allowPositionals: true,
})
const only = options.only?.split(',')
const isMeasured = ({ name }: Subject) => !only || only.includes(name)
if (!isMeasured(oidcProvider)) throw new Error(`nothing is compared without ${oidcProvider.name}`)
const isWanted = ({ title }: { title: string }) => words.length === 0 || words.some((word) => title.includes(word))

const effort: Effort = options.quick
  ? { warming: 4, leastWarming: 0, rounds: 4 }
  : { warming: 8, leastWarming: 6_000, rounds: 15 }
const starts = options.quick ? 3 : 5
const load = options.quick ? { seconds: 2, rounds: 3 } : { seconds: 10, rounds: 6 }
/** How many people stand beside those who are measured, where a table is to be large. */
const crowd = options.quick ? 20_000 : 1_000_000

/** Each server has switched on what these need, and nothing else. */
const people = { subjects: [oidcProvider, vestibule, floor], operations: OPERATIONS, probe }
const programs = {
  subjects: [oidcProviderForPrograms, vestibule],
  operations: PROGRAM_OPERATIONS,
  probe: probePrograms,
}

// servers that still run end with this process
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
pinDriver()
const tables: Table[] = []
if (isWanted({ title: 'footprint' })) {
  const footprints = await withInstalled(people.subjects, 'full', (them) => measureFootprint(them, starts))
  print(`Footprint (median of ${starts} starts)`, footprintTable(footprints))
}
for (const synchronous of ['full', 'normal'] satisfies Synchronous[]) {
  const costs: Cost[] = []
  for (const kind of [people, programs]) {
    const operations = kind.operations.filter(isWanted)
    if (operations.length === 0) continue
    const measured = await withInstalled(kind.subjects, synchronous, (them) =>
      measureProcessorTime(them, { ...kind, operations }, effort),
    )
    costs.push(...measured)
  }
  const title = `Server processor time per operation, synchronous=${synchronous.toUpperCase()}, ES256`
  if (costs.length > 0) print(title, costTable(costs))
}
if (isWanted({ title: 'latency' })) {
  const latencies = await withInstalled(programs.subjects, 'full', (them) => measureLatency(them, load))
  print('Latency of the token endpoint, synchronous=FULL', latencyTable(latencies))
}
if (isMeasured(vestibule)) {
  const title = 'Server processor time per operation of Vestibule alone, synchronous=FULL, ES256'
  // what sends codes has only so many, and what hashes takes long
  const costs = await measureOwn({ ...effort, leastWarming: 0 }, crowd, isWanted)
  if (costs.length > 0) print(title, ownTable(costs))
}
console.log(`\n${conditions()}`)
process.exitCode = tables.every(({ met }) => met) ? 0 : 1

async function withInstalled<T>(
  subjects: Subject[],
  synchronous: Synchronous,
  work: (installations: Installation[]) => Promise<T>,
): Promise<T> {
  const { installations, remove } = await install(subjects.filter(isMeasured), synchronous)
  try {
    return await work(installations)
  } finally {
    remove()
  }
}

function print(title: string, table: Table): void {
  console.log(`\n${title}\n\n${table.text}`)
  tables.push(table)
}

/** What the numbers depend on. */
function conditions(): string {
  const manifest = new URL('../node_modules/oidc-provider/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  const machine = `Node ${process.versions.node}, ${cpus()[0]?.model.trim()}, ${process.platform} ${process.arch}`
  return `${machine}; oidc-provider ${version}; medians of ${effort.rounds} rounds (middle half); password hash made trivial where nothing is said of it.`
}
