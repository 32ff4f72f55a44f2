import { Unavailable } from './domain/unavailable.ts'

/** At most `width` at once and `most` in line; whoever comes after them is turned away at once. */
export function createQueue(width: number, most: number) {
  let running = 0
  const line: (() => void)[] = []
  function mustHaveRoom(): void {
    if (running >= width && line.length >= most) throw new Unavailable('too many are waiting')
  }
  return {
    waiting: () => line.length,
    /** For whoever has work to do before: nothing is begun that would be turned away anyhow. @throws Unavailable */
    mustHaveRoom,
    async run<T>(work: () => Promise<T>): Promise<T> {
      mustHaveRoom()
      if (running >= width) {
        // the place is handed over by whoever leaves: `running` does not change in between
        await new Promise<void>((resolve) => line.push(resolve))
      } else running++
      try {
        return await work()
      } finally {
        const next = line.shift()
        if (next) next()
        else running--
      }
    },
  }
}
