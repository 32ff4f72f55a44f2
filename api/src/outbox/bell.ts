/** Tells whoever delivers, in this process, that something was committed: nobody waits for the next look. */
export function createBell() {
  const listeners = new Set<() => void>()
  return {
    ring: () => {
      for (const listener of listeners) listener()
    },
    /** @returns what ends it */
    onRing(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
