import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'
import { expect, test } from 'vitest'
import { newTotpSecret, totpStepOf, totpUri } from './totp.ts'

/** RFC 6238, appendix B, SHA-1, the last six of the eight digits there. */
const RFC_SECRET = Secret.fromLatin1('12345678901234567890').base32

test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
])('at %i seconds %s is the code of step %i', (seconds, code, step) => {
  expect(totpStepOf(RFC_SECRET, code, seconds * 1000)).toBe(step)
})

test.each([
  [-2, null],
  [-1, 37_037_036],
  [0, 37_037_036],
  [1, 37_037_036],
  [2, null],
])('a phone that is %i steps off', (steps, found) => {
  expect(totpStepOf(RFC_SECRET, '081804', 1_111_111_109_000 + steps * 30_000)).toBe(found)
})

test('a secret has 160 bits, and is another one each time', () => {
  const [one, two] = [newTotpSecret(randomBytes), newTotpSecret(randomBytes)]
  expect(Secret.fromBase32(one).bytes).toHaveLength(20)
  expect(one).not.toBe(two)
})

test('the address names who asks and whose it is', () => {
  const uri = new URL(totpUri(RFC_SECRET, { issuer: 'Kruste & Krume', account: 'ada@kruste.test' }))
  expect(uri.protocol).toBe('otpauth:')
  expect(uri.searchParams.get('secret')).toBe(RFC_SECRET)
  expect(uri.searchParams.get('issuer')).toBe('Kruste & Krume')
  expect(decodeURIComponent(uri.pathname)).toContain('ada@kruste.test')
})
