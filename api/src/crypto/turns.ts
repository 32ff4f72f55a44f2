/** What is under way, by name, and who waits for some of it to end. */
export type Turns = {
  /** Runs this at once; whoever waits for this name hears of its end, however it ends. */
  during<T>(name: string, work: () => Promise<T>): Promise<T>
  /** True as soon as something of this name has ended; false at once where nothing is under way, or too many wait already. */
  hasEnded(name: string): Promise<boolean>
}

/** As many as may wait for a hash. */
const MOST_WAITING = 50

/** At most `most` wait for one name. The rows of a database decide what may run; this only says when to look at them again. */
export function createTurns(most = MOST_WAITING): Turns {
  const places = new Map<string, { running: number; line: (() => void)[] }>()

  /** The last one that ends leaves nobody behind. */
  function end(name: string): void {
    const place = places.get(name)
    if (!place) return
    place.running--
    if (place.running === 0) places.delete(name)
    for (const go of place.line.splice(0, place.running === 0 ? place.line.length : 1)) go()
  }

  return {
    async during(name, work) {
      const place = places.get(name) ?? { running: 0, line: [] }
      place.running++
      places.set(name, place)
      try {
        return await work()
      } finally {
        end(name)
      }
    },
    async hasEnded(name) {
      const place = places.get(name)
      if (!place || place.line.length >= most) return false
      await new Promise<void>((resolve) => place.line.push(resolve))
      return true
    },
  }
}
