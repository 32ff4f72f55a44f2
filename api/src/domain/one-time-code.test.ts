import { describe, expect, test } from 'vitest'
import { readDigitCode, readSignCode, showSignCode } from './one-time-code.ts'

describe('six digits', () => {
  test.each([
    '123456',
    ' 123 456 ',
    '123-456',
    '12–34–56',
    '\u200e123456\u200f',
    'Your code is 123456. It lives for 10 minutes.',
    '123456 or again 123456',
    '١٢٣٤٥٦',
    '۱۲۳۴۵۶',
    '१२३४५६',
    '１２３４５６',
  ])('are read in %j', (typed) => {
    expect(readDigitCode(typed)).toBe('123456')
  })

  test.each(['', '12345', '1234567', '0123456', '123456 654321', '1e5', '12345a', '123.456'])(
    'null for %j',
    (typed) => {
      expect(readDigitCode(typed)).toBeNull()
    },
  )
})

describe('eight signs', () => {
  test.each([
    'ABCD1230',
    'abcd-1230',
    ' abcd 1230 ',
    'ABCD-I23O',
    'abcdl23o',
    'abcd‑١٢٣٠',
    'ABCD-1230 sets a new password at Acme. It works for 10 minutes.',
    'Your code:\nABCD-1230\nAgain: abcd-1230',
    'コードはABCD-1230です',
  ])('are read in %j', (typed) => {
    expect(readSignCode(typed)).toBe('ABCD1230')
  })

  test.each([
    '',
    'ABCD123',
    'ABCD12300',
    'ABCD123U',
    'ABCD/1230',
    'the code is ABCD1230',
    'ABCD-1230 or ABCD-1231',
    'ABCD-1230-5678',
    'xABCD-1230',
  ])('null for %j', (typed) => {
    expect(readSignCode(typed)).toBeNull()
  })

  test('are shown in two groups', () => {
    expect(showSignCode('ABCD1230')).toBe('ABCD-1230')
  })
})
