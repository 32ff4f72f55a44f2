import { inLanes } from './driver/lanes.ts'
import type { Running } from './flows/running.ts'
import { type Installation, start } from './installation.ts'
import type { Child } from './machine/child.ts'
import { processorTime } from './machine/processor.ts'
import { OPERATIONS, type Operation, type Work } from './operations.ts'
import { probe } from './probe.ts'

/** Milliseconds of processor time per operation, a value a round: `rounds[i]` of every subject were measured one after the other. */
export type Cost = { operation: Operation; rounds: Map<string, number[]> }

/** Batches per operation and server: those that let the compiler optimise what runs often, and those that count. */
export type Effort = { warming: number; rounds: number }

/** Starts all servers, holds that they are honest, and measures each operation in alternating batches. */
export async function measureProcessorTime(installations: Installation[], effort: Effort): Promise<Cost[]> {
  const children: Child[] = []
  try {
    const servers: Running[] = []
    for (const installation of installations) {
      const { child, running } = await start(installation)
      children.push(child)
      await probe(running)
      servers.push(running)
    }
    const costs: Cost[] = []
    for (const operation of OPERATIONS) costs.push(await alternate(operation, servers, effort))
    return costs
  } finally {
    await Promise.all(children.map((child) => child.stop()))
  }
}

async function alternate(operation: Operation, servers: Running[], { warming, rounds }: Effort): Promise<Cost> {
  const count = operation.batch
  const cost: Cost = { operation, rounds: new Map() }
  const prepared: { running: Running; work: Work; values: number[] }[] = []
  for (const running of servers) {
    const work = await operation.prepare(running)
    await inLanes(running.port, count * warming, work)
    const values: number[] = []
    cost.rounds.set(running.subject.name, values)
    prepared.push({ running, work, values })
  }
  for (let round = 0; round < rounds; round++) {
    for (const { running, work, values } of prepared) {
      const before = processorTime(running.pid)
      await inLanes(running.port, count, work)
      values.push((processorTime(running.pid) - before) / count)
    }
    // nobody is always first
    prepared.push(prepared.shift() as (typeof prepared)[number])
  }
  return cost
}
