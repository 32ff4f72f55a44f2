/** What is under way, by name, and who waits for some of it to end. */
export type Turns = { begin(): Turn }

/** What one caller does, from its first question to its end. */
export type Turn = {
  /** From here on this is under way, until this turn ends. Said again it changes nothing. */
  enter(name: string): void
  /**
   * Leaves what it entered itself. True as soon as something else of this name ends, or if it has ended since this turn began; false at
   * once where nothing is under way, or too many wait already.
   */
  hasEnded(name: string): Promise<boolean>
  /** Whoever waits for what was entered hears of its end. */
  end(): void
}

/** As many as may wait for a hash. */
const MOST_WAITING = 50

type Place = { running: number; line: (() => void)[] }

/** At most `most` wait for one name. The rows of a database decide what may run; this only says when to look at them again. */
export function createTurns(most = MOST_WAITING): Turns {
  const places = new Map<string, Place>()
  /** For each turn the names that ended since it began: who is told of a row hears of it later than whoever changes the row. */
  const turns = new Set<Set<string>>()

  /** The last one that ends leaves nobody behind. */
  function leave(name: string): void {
    for (const ended of turns) ended.add(name)
    const place = places.get(name)
    if (!place) return
    place.running--
    if (place.running === 0) places.delete(name)
    for (const go of place.line.splice(0, place.running === 0 ? place.line.length : 1)) go()
  }

  return {
    begin() {
      const ended = new Set<string>()
      const entered = new Set<string>()
      turns.add(ended)
      /** What ends here is no news to this turn itself. */
      function leaveAll(): void {
        turns.delete(ended)
        for (const name of entered) leave(name)
        entered.clear()
      }
      return {
        enter(name) {
          if (entered.has(name)) return
          entered.add(name)
          const place = places.get(name) ?? { running: 0, line: [] }
          place.running++
          places.set(name, place)
        },
        async hasEnded(name) {
          leaveAll()
          if (ended.has(name)) return true
          const place = places.get(name)
          if (!place || place.line.length >= most) return false
          await new Promise<void>((resolve) => place.line.push(resolve))
          return true
        },
        end: leaveAll,
      }
    },
  }
}
