import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Milliseconds after the start: whatever loading left behind is garbage by then. */
const SETTLED = 1_000
/** The share of its time in which a server that nobody asks anything is at work. */
const IDLE = 0.2

/**
 * Loading leaves some 40 MB of garbage that V8 would keep in hand for the life of an idle process. One collection gives the pages back
 * to the system, in a few hundredths of a second and once. It throws away compiled code as well, so that a server which is asked from its
 * first second on would be slow for thousands of requests: there it waits for a second in which little is asked.
 */
export function giveBackMemory(collect = collectEverything, settled = SETTLED): void {
  const before = performance.eventLoopUtilization()
  setTimeout(() => {
    const { utilization } = performance.eventLoopUtilization(before)
    if (utilization < IDLE) collect()
    else giveBackMemory(collect, settled)
  }, settled).unref()
}

function collectEverything(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as (options: object) => void
  setFlagsFromString('--no-expose-gc')
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
