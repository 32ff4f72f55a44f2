import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { Connection } from './driver/connection.ts'
import { inLanes } from './driver/lanes.ts'
import { actForItself } from './flows/programs.ts'
import type { Running } from './flows/running.ts'
import type { Installation } from './installation.ts'
import { withServers } from './processor-time.ts'

/** Requests a second. */
export const RATE = 200
const CONNECTIONS = 64
const WARMING = 2_000

/** Milliseconds from when a request was due to its answer, of each server. */
export type Latencies = Map<string, number[]>

/** Asks the token endpoint for so many seconds a round, each server in turn. */
export async function measureLatency(
  installations: Installation[],
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<Latencies> {
  return withServers(installations, async (servers) => {
    const latencies: Latencies = new Map(servers.map(({ subject }) => [subject.name, []]))
    for (const running of servers)
      await inLanes(running.port, WARMING, async (connection) => void (await actForItself(connection, running)))
    for (let round = 0; round < rounds; round++)
      for (const running of servers) latencies.get(running.subject.name)?.push(...(await load(running, RATE * seconds)))
    return latencies
  })
}

/**
 * Requests that come at their times, whatever became of those before (an open loop): what a stall does to all who come meanwhile is
 * counted, and so is the time that one waits for a connection.
 */
async function load(running: Running, count: number): Promise<number[]> {
  const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(running.port)))
  const all = [...idle]
  const waiting: ((connection: Connection) => void)[] = []
  const take = async (): Promise<Connection> => {
    const connection = idle.pop() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)))
    if (!connection.isClosed) return connection
    // the server gives up what was idle for long, and a client opens another one in its place
    const fresh = await Connection.open(running.port)
    all.push(fresh)
    return fresh
  }
  const give = (connection: Connection) => {
    const next = waiting.shift()
    if (next) next(connection)
    else idle.push(connection)
  }
  const ask = async (due: number) => {
    const connection = await take()
    await actForItself(connection, running)
    give(connection)
    return performance.now() - due
  }

  const begun = performance.now()
  const asked: Promise<number>[] = []
  try {
    for (let index = 0; index < count; index++) {
      const due = begun + (index * 1000) / RATE
      await until(due)
      const answered = ask(due)
      answered.catch(() => {}) // it is awaited below
      asked.push(answered)
    }
    return await Promise.all(asked)
  } finally {
    for (const connection of all) connection.close()
  }
}

/** Timers are coarse, so the last of the time is spent turning. */
async function until(due: number): Promise<void> {
  const early = due - performance.now()
  if (early > 3) await sleep(early - 2)
  while (performance.now() < due) await turn()
}
