import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { causeOf } from './cause.ts'

test('the values of a statement are not repeated', () => {
  const cause = Object.assign(new Error('no such table: users'), { code: 'SQLITE_ERROR' })
  const failure = new DrizzleQueryError('select * from users where email = ?', ['ada@acme.test'], cause)
  expect(failure.message).toContain('ada@acme.test')
  expect(causeOf(failure)).toBe('no such table: users (SQLITE_ERROR)')
})

test.each([
  [new Error('plain'), 'plain'],
  ['text', 'an unknown failure'],
])('%s', (failure, said) => {
  expect(causeOf(failure)).toBe(said)
})
