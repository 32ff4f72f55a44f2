import { expect, test } from 'vitest'
import { endToTell, type PasswordFacts, reasonsToReplace } from './password-age.ts'

const DAY = 86_400_000
const password = (change: Partial<PasswordFacts> = {}): PasswordFacts => ({
  changedAt: 0,
  mustChange: false,
  maxAge: 90 * DAY,
  warnBefore: 14 * DAY,
  ...change,
})

test.each([
  ['a young one stays', password(), 1, []],
  ['up to the last moment', password(), 90 * DAY - 1, []],
  ['one of that age goes', password(), 90 * DAY, ['password_expired']],
  ['where there is no age none does', password({ maxAge: null }), 900 * DAY, []],
  [
    'one that somebody else chose goes at once',
    password({ mustChange: true, maxAge: null }),
    0,
    ['password_must_change'],
  ],
  ['and that is said first', password({ mustChange: true }), 900 * DAY, ['password_must_change']],
])('%s', (_sentence, facts, now, reasons) => {
  expect(reasonsToReplace(facts, now)).toEqual(reasons)
})

test.each([
  [password(), 76 * DAY - 1, null],
  [password(), 76 * DAY, 90 * DAY],
  [password(), 90 * DAY - 1, 90 * DAY],
  [password(), 90 * DAY, null],
  [password({ warnBefore: null }), 89 * DAY, null],
  [password({ maxAge: null }), 89 * DAY, null],
  [password({ warnBefore: 365 * DAY }), 0, 90 * DAY],
])('of %j its owner hears at %d: %j', (facts, now, end) => {
  expect(endToTell(facts, now)).toBe(end)
})
