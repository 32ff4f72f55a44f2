import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** The driver has one core, all measured servers share the other one; only the server that is asked works. */
const DRIVER_CORE = 0
export const SERVER_CORE = 1

/** Keeps this process, with all its threads, off the servers' core. Throws where the machine has too few cores or is not Linux. */
export function pinDriver(): void {
  if (process.platform !== 'linux' || availableParallelism() < 2) throw new Error('needs Linux with two cores or more')
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', String(DRIVER_CORE), String(process.pid)])
  if (status !== 0) throw new Error('needs taskset, from the package util-linux')
}

/** Processor time a process has used so far, in milliseconds: user and system, all threads, measured by the scheduler in nanoseconds. */
export function processorTime(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0])
  }
  return nanoseconds / 1e6
}

/** Resident memory of a process, in MB of a million bytes. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  if (!kilobytes) throw new Error(`no memory of process ${pid}`)
  return (Number(kilobytes) * 1024) / 1e6
}
