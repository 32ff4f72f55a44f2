import { expect, test } from 'vitest'
import { NOTICE_LIFETIME, nextNoticeAttempt } from './logout-notice.ts'

test('BC2 there are three attempts, all within five minutes', () => {
  const second = nextNoticeAttempt('timeout', 1, 0)!
  const third = nextNoticeAttempt('unreachable', 2, second)!
  expect(second).toBeGreaterThan(0)
  expect(third).toBeGreaterThan(second)
  expect(third).toBeLessThan(NOTICE_LIFETIME)
  expect(nextNoticeAttempt('deferred', 3, third)).toBeNull()
})

test.each(['refused', 'not_allowed'] as const)('BC2 %s ends the attempts', (fault) => {
  expect(nextNoticeAttempt(fault, 1, 0)).toBeNull()
})
