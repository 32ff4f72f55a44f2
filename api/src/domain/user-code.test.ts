import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { newUserCode, readUserCode, shownUserCode } from './user-code.ts'

test('DV1 a user code is eight letters of an alphabet without look-alikes, each as likely as any other', () => {
  const codes = Array.from({ length: 5_000 }, () => newUserCode(randomBytes))
  for (const code of codes) expect(shownUserCode(code)).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
  const counts = Map.groupBy(codes.join(''), (letter) => letter)
  expect(counts.size).toBe(20)
  for (const { length } of counts.values()) expect(Math.abs(length - 2_000)).toBeLessThan(300)
})

test('a byte that would favour a letter is not used', () => {
  const bytes = [255, 240, 0, 1, 2, 3, 4, 5, 6, 7]
  expect(newUserCode(() => Uint8Array.from(bytes))).toBe('BCDFGHJK')
})

test.each(['WDJB-MJHT', 'wdjbmjht', ' wdjb mjht ', 'W-D-J-B-M-J-H-T', 'WDJB–MJHT', 'WDJB\u00a0MJHT'])(
  'DV4 %j is the code',
  (typed) => expect(readUserCode(typed)).toBe('WDJBMJHT'),
)

test.each(['', 'WDJB-MJH', 'WDJB-MJHTT', 'WDJB-MJHA', 'WDJB-MJH1', '\0'.repeat(8), 'WDJB_MJHT', ' '.repeat(101)])(
  '%j can be no code',
  (typed) => expect(readUserCode(typed)).toBeNull(),
)
