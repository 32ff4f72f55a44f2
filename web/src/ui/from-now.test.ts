import { expect, test } from 'vitest'
import { fromNow } from './from-now.ts'

test.each([
  ['en', 40, 'in 40 seconds'],
  ['de', 900, 'in 15 Minuten'],
  ['ja', 900, '15分後'],
  ['ja', 10_800, '3時間後'],
  ['ar', 900, 'خلال 15 دقيقة'],
])('%s: %i seconds from now are %s', (locale, seconds, words) => {
  expect(fromNow(locale, seconds)).toBe(words)
})
