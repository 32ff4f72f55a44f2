import { Unavailable } from '../domain/unavailable.ts'

/** At most `width` at once and `most` in line; whoever comes after them is turned away at once. */
export function createQueue(width: number, most: number) {
  let running = 0
  const line: (() => void)[] = []
  return {
    waiting: () => line.length,
    async run<T>(work: () => Promise<T>): Promise<T> {
      if (running >= width) {
        if (line.length >= most) throw new Unavailable('too many hashes are waiting')
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
