import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isId, newId } from './ids.ts'

const count = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const idOf = (now: number, nth: number) => newId('evt', { now: () => now, randomBytes, count: () => nth })

test('ids of one millisecond sort by their count, and stay ids', () => {
  fc.assert(
    fc.property(fc.nat(), count, count, (now, a, b) => {
      const [first, second] = [idOf(now, Math.min(a, b)), idOf(now, Math.max(a, b))]
      expect([isId('evt', first), isId('evt', second)]).toEqual([true, true])
      if (a !== b) expect(first < second).toBe(true)
    }),
  )
})

test('time comes before the count', () => {
  expect(idOf(1, 2 ** 32 - 1) < idOf(2, 0)).toBe(true)
})
