/**
 * Vestibule against a named peer, `oidc-provider` with a better-sqlite3 adapter, in one run: all servers on one pinned core, in
 * alternating batches, with the same kind of keys, the same hash and the same `synchronous`, every response checked.
 *
 *   node tests/bench/main.ts [--quick] [--only=Vestibule,oidc-provider,...]
 *
 * Prints Markdown. Ends with 1 when a target is missed.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureFootprint } from './footprint.ts'
import { install } from './installation.ts'
import { pinDriver } from './machine/processor.ts'
import { measureOwn } from './own.ts'
import { type Effort, measureProcessorTime } from './processor-time.ts'
import { floor } from './subjects/floor.ts'
import { oidcProvider } from './subjects/oidc-provider.ts'
import type { Synchronous } from './subjects/subject.ts'
import { vestibule } from './subjects/vestibule.ts'
import { costTable, footprintTable, ownTable, type Table } from './table.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const only = options.only?.split(',')
const subjects = [oidcProvider, vestibule, floor].filter(({ name }) => !only || only.includes(name))
if (!subjects.includes(oidcProvider)) throw new Error(`nothing is compared without ${oidcProvider.name}`)

const effort: Effort = options.quick ? { warming: 4, rounds: 4 } : { warming: 8, rounds: 15 }
const starts = options.quick ? 3 : 5
/** How many people stand beside those who are measured, where a table is to be large. */
const crowd = options.quick ? 20_000 : 1_000_000

// servers that still run end with this process
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
pinDriver()
const tables: Table[] = []
for (const synchronous of ['full', 'normal'] satisfies Synchronous[]) {
  const { installations, remove } = await install(subjects, synchronous)
  try {
    if (synchronous === 'full') {
      tables.push(
        print(`Footprint (median of ${starts} starts)`, footprintTable(await measureFootprint(installations, starts))),
      )
    }
    const title = `Server processor time per operation, synchronous=${synchronous.toUpperCase()}, ES256`
    tables.push(print(title, costTable(await measureProcessorTime(installations, effort))))
  } finally {
    remove()
  }
}
if (subjects.includes(vestibule)) {
  const title = 'Server processor time per operation of Vestibule alone, synchronous=FULL, ES256'
  tables.push(print(title, ownTable(await measureOwn(effort, crowd))))
}
console.log(`\n${conditions()}`)
process.exitCode = tables.every(({ met }) => met) ? 0 : 1

function print(title: string, table: Table): Table {
  console.log(`\n${title}\n\n${table.text}`)
  return table
}

/** What the numbers depend on. */
function conditions(): string {
  const manifest = new URL('../node_modules/oidc-provider/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  const machine = `Node ${process.versions.node}, ${cpus()[0]?.model.trim()}, ${process.platform} ${process.arch}`
  return `${machine}; oidc-provider ${version}; medians of ${effort.rounds} rounds (middle half); password hash made trivial where nothing is said of it.`
}
