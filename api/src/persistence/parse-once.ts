/** Texts remembered at once, and the longest that is. */
const MOST = 1_000
const LONGEST = 4_096

/**
 * A parser for JSON that many rows have in common, or that is read a thousand times for once that it is written: the same text is parsed
 * once, and is the same value each time. Nobody can change it.
 */
export function createParser(): (text: string) => unknown {
  const parsed = new Map<string, unknown>()
  return (text) => {
    const known = parsed.get(text)
    if (known !== undefined) return known
    const value = frozen(JSON.parse(text))
    if (text.length > LONGEST) return value
    if (parsed.size >= MOST) parsed.delete(parsed.keys().next().value!)
    parsed.set(text, value)
    return value
  }
}

export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}

/**
 * Stored members over their defaults: what a row does not know yet has its default. The same stored value gives the same whole, which
 * is put together once.
 */
export function withDefaults<Whole extends object>(defaults: Whole): (stored: unknown) => Whole {
  const known = new WeakMap<object, Whole>()
  return (stored) => {
    if (typeof stored !== 'object' || stored === null) return defaults
    const whole = known.get(stored) ?? Object.freeze({ ...defaults, ...stored })
    known.set(stored, whole)
    return whole
  }
}
