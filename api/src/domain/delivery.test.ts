import { expect, test } from 'vitest'
import { DELIVERY_FAULTS, nextAttempt } from './delivery.ts'

test('each pause is three times the one before, and none is longer than six hours', () => {
  const pauses = Array.from({ length: 11 }, (_, at) => nextAttempt('deferred', at + 1, 0, 0.5)! / 1000)
  expect(pauses).toEqual([5, 15, 45, 135, 405, 1_215, 3_645, 10_935, 21_600, 21_600, 21_600])
})

test('chance spreads a pause by a fifth to either side', () => {
  expect([0, 0.5, 1].map((chance) => nextAttempt('timeout', 1, 1_000, chance))).toEqual([5_000, 6_000, 7_000])
})

test('after twelve attempts it is given up', () => {
  expect(nextAttempt('unreachable', 11, 0, 0)).not.toBeNull()
  expect(nextAttempt('unreachable', 12, 0, 0)).toBeNull()
})

test.each(DELIVERY_FAULTS)('%s: tried again or not', (fault) => {
  const isFinal = ['refused', 'recipient_refused', 'unreadable'].includes(fault)
  expect(nextAttempt(fault, 1, 0, 0) === null).toBe(isFinal)
})
