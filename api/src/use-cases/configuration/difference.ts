/** A member with its value before and after; of a hidden one only that it differs. */
export type Difference = { name: string } & ({ from: unknown; to: unknown } | { isHidden: true })

/** Equal whatever the order of the members: the two databases keep it differently. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(at(one, name), at(other, name)))
  )
}

const at = (value: object, name: string): unknown => (value as Record<string, unknown>)[name]

/** The members that differ, in the order of `after`; those it has lost come last. */
export function differencesOf(before: object, after: object): Difference[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)])
  const all = [...names].map((name) => ({ name, from: at(before, name), to: at(after, name) }))
  return all.filter(({ from, to }) => !isSame(from, to))
}

const say = (value: unknown) => (value === undefined || value === null ? 'none' : JSON.stringify(value))

/** `name "Acme" -> "Acme Corp", state "active" -> "deactivated"` */
export const describeDifferences = (differences: readonly Difference[]): string =>
  differences
    .map((one) => ('isHidden' in one ? `${one.name} replaced` : `${one.name} ${say(one.from)} -> ${say(one.to)}`))
    .join(', ')
