import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Milliseconds after the start: whatever loading left behind is garbage by then. */
const SETTLED = 1_000

/**
 * Loading leaves some 40 MB of garbage that V8 would keep in hand for the life of an idle process. One collection gives the pages back
 * to the system; it takes a few hundredths of a second, once, before anybody has arrived.
 */
export function giveBackMemory(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as (options: object) => void
    setFlagsFromString('--no-expose-gc')
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, SETTLED).unref()
}
