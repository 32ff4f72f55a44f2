import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from './canonical.ts'

test('members stand in the order of their names, lists as they were', () => {
  const value = { b: [3, { z: 'ü', a: null }, 1], a: { Ö: true, o: false }, c: undefined }
  expect(JSON.stringify(canonical(value))).toBe('{"a":{"o":false,"Ö":true},"b":[3,{"a":null,"z":"ü"},1]}')
})

test('nothing is lost, and the order in which something was written plays no part', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/)
  const leaf = fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value')),
      fc.dictionary(word, tie('value'), { noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(value, (one) => {
      expect(canonical(one)).toEqual(one)
      expect(JSON.stringify(canonical(reversed(one)))).toBe(JSON.stringify(canonical(one)))
    }),
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  )
}
