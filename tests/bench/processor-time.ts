import { setTimeout as sleep } from 'node:timers/promises'
import { inLanes } from './driver/lanes.ts'
import type { Running } from './flows/running.ts'
import { type Installation, start } from './installation.ts'
import type { Child } from './machine/child.ts'
import { processorTime } from './machine/processor.ts'
import type { Compared, Work } from './operations.ts'

/** Milliseconds of processor time per operation, a value a round: `rounds[i]` of all contenders were measured one after the other. */
export type Rounds = Map<string, number[]>
export type Cost = { operation: Compared; rounds: Rounds }

/**
 * Batches per operation and server: those that let the compiler optimise what runs often, and those that count. `leastWarming`: what a batch
 * has little of runs at least so often before anything counts, because the compiler goes by calls and not by time.
 */
export type Effort = { warming: number; leastWarming: number; rounds: number }

/** A server that is up, with what it is to do over and over. */
export type Contender = { name: string; port: number; pid: number; work: Work }

/** Starts all servers, holds that they are honest, and measures each operation in alternating batches. */
export async function measureProcessorTime(
  installations: Installation[],
  { operations, probe }: { operations: Compared[]; probe: (running: Running) => Promise<void> },
  effort: Effort,
): Promise<Cost[]> {
  return withServers(installations, async (servers) => {
    for (const running of servers) await probe(running)
    const costs: Cost[] = []
    for (const operation of operations) {
      const contenders: Contender[] = []
      for (const running of servers) {
        const { subject, port, pid } = running
        contenders.push({ name: subject.name, port, pid, work: await operation.prepare(running) })
      }
      costs.push({ operation, rounds: await alternate(contenders, operation.batch, effort) })
    }
    return costs
  })
}

/** Milliseconds. A server that nobody asks anything after its start gives back memory, and compiled code with it: not while it is measured. */
const SETTLED = 2_000

/** Starts servers for the time of some work. */
export async function withServers<T>(
  installations: Installation[],
  work: (servers: Running[]) => Promise<T>,
): Promise<T> {
  const children: Child[] = []
  try {
    const servers: Running[] = []
    for (const installation of installations) {
      const { child, running } = await start(installation)
      children.push(child)
      servers.push(running)
    }
    await sleep(SETTLED)
    return await work(servers)
  } finally {
    await Promise.all(children.map((child) => child.stop()))
  }
}

/** Measures the same piece of work at each in batches of so many, in turns. */
export async function alternate(
  contenders: Contender[],
  batch: number,
  { warming, leastWarming, rounds }: Effort,
): Promise<Rounds> {
  const values: Rounds = new Map(contenders.map(({ name }) => [name, []]))
  const before = Math.max(batch * warming, leastWarming)
  for (const { port, work } of contenders) {
    await makeReady(port, before, work)
    await inLanes(port, before, work)
  }
  const turns = [...contenders]
  for (let round = 0; round < rounds; round++) {
    for (const { name, port, pid, work } of turns) {
      await makeReady(port, batch, work)
      const before = processorTime(pid)
      await inLanes(port, batch, work)
      values.get(name)?.push((processorTime(pid) - before) / batch)
    }
    // nobody is always first
    turns.push(turns.shift() as Contender)
  }
  return values
}

async function makeReady(port: number, count: number, { ready }: Work): Promise<void> {
  if (ready) await inLanes(port, count, ready)
}
