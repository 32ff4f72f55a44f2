/**
 * The same value with the members of each object in the order of their names, so that `JSON.stringify` writes its canonical form
 * (RFC 8785). Only for what holds texts, whole numbers, booleans, null, lists and objects whose members are named by words.
 */
export function canonical<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => canonical(item)) as Value
  if (value === null || typeof value !== 'object') return value
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, canonical(member)])) as Value
}
