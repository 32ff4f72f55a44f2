import { expect, test } from 'vitest'
import { isShipped } from './licences.ts'

test.each([
  ['MIT', true],
  ['BlueOak-1.0.0', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0-only', false],
  ['(AGPL-3.0-or-later OR SSPL-1.0)', false],
  ['AGPL-3.0-or-later', false],
  ['Unknown', false],
])('%s: %s', (licence, shipped) => {
  expect(isShipped(licence)).toBe(shipped)
})
