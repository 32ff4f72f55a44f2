import { expect, test } from 'vitest'
import { countryOf, isRecipient } from './recipient.ts'

test.each([
  'ann@acme.test',
  'ann+tag@mail.acme.test',
  'änne@müller.example',
  'o’hara@x.test',
  'a.b-c_d=e/f@x-y.test',
  'a@b',
])('%s is mailed to', (to) => {
  expect(isRecipient('email', to)).toBe(true)
  expect(isRecipient('sms', to)).toBe(false)
})

test.each([
  'a@e.test,bob@a.test',
  'a@e.test;bob@a.test',
  '"a@e.test"@a.test',
  'a@a.test<b@e.test>',
  'bob@a.test\r\nBcc: x@e.test',
  'bob@a.test\nx',
  'bob\u0000@a.test',
  'bob@a.test ',
  'Bob <bob@a.test>',
  'group:bob@a.test;',
  'bob(comment)@a.test',
  'bob\\@a.test',
  'bob@[127.0.0.1]',
  'bob@a..test',
  'bob@-a.test',
  'bob@a.test.',
  'b\u202eob@a.test',
  '@a.test',
  'bob@',
  'bob',
  '',
  `${'b'.repeat(65)}@a.test`,
  `bob@${'a'.repeat(254)}`,
])('N248 %j is no address to mail to', (to) => {
  expect(isRecipient('email', to)).toBe(false)
})

test('N283 long nonsense is refused at once', () => {
  const began = performance.now()
  for (const part of ['a', '-', 'a-', 'a.', '@', '.'])
    for (const to of [`x@${part.repeat(50_000)}!`, `${part.repeat(50_000)}@x`, `x@${part.repeat(126)}!`])
      expect(isRecipient('email', to)).toBe(false)
  expect(performance.now() - began).toBeLessThan(100)
})

test.each([
  ['+4915112345678', true],
  ['+12025550123', true],
  ['+1202555', true],
  ['+120255', false],
  ['+0491511234', false],
  ['4915112345678', false],
  ['+49 151 12345678', false],
  ['+1234567890123456', false],
  ['+4915112345678\n', false],
])('%j is a number to write to: %s', (to, isOne) => {
  expect(isRecipient('sms', to)).toBe(isOne)
})

test.each([
  ['+12025550123', '+1202'],
  ['+18765550123', '+1876'],
  ['+79161234567', '+7'],
  ['+4915112345678', '+49'],
  ['+447700900123', '+44'],
  ['+420601123456', '+420'],
  ['+358401234567', '+358'],
  ['+8613912345678', '+86'],
  ['+85291234567', '+852'],
  ['+971501234567', '+971'],
  ['+989121234567', '+98'],
])('%s counts for %s', (phone, country) => {
  expect(countryOf(phone)).toBe(country)
})
