import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import { maskContact, mayRemove, readContact } from './contact.ts'

test.each([
  ['email', ' Ada@Acme.Test ', 'ada@acme.test'],
  ['email', 'ada', null],
  ['phone', '+49 (30) 901-820', '+4930901820'],
  ['phone', '030 901820', null],
] as const)('the %s %j is read as %s', (kind, typed, value) => {
  expect(readContact(kind, typed)).toBe(value)
})

test.each([
  ['email', 'ada@acme.test', 'a••@acme.test'],
  ['email', '😀ada@acme.test', '😀••@acme.test'],
  ['phone', '+4930901842', '+49 ••• ••42'],
  ['phone', '+12125550142', '+1212 ••• ••42'],
] as const)('the %s %s is hidden as %s', (kind, value, masked) => {
  expect(maskContact(kind, value)).toBe(masked)
})

const EMAIL = { kind: 'email', value: 'a@acme.test', verifiedAt: 1 } as const
const PHONE = { kind: 'phone', value: '+4930901820', verifiedAt: 1 } as const
const NAME = { kind: 'username', value: 'ada', verifiedAt: null } as const
const unconfirmed = { ...PHONE, verifiedAt: null }

test.each([
  ['an address beside a confirmed number', 'email', [EMAIL, PHONE], true],
  ['an address beside a number that nobody confirmed', 'email', [EMAIL, unconfirmed], false],
  ['an address beside a user name alone: nothing leads back', 'email', [EMAIL, NAME], false],
  ['the only name', 'email', [EMAIL], false],
  ['a number beside an address', 'phone', [EMAIL, PHONE], true],
  ['a number beside a user name', 'phone', [NAME, PHONE], true],
  ['the only number', 'phone', [PHONE], false],
  ['what is not there', 'phone', [EMAIL], false],
] as const)('%s: %s of %j may go: %s', (_sentence, kind, held, may) => {
  expect(mayRemove(kind, held, DEFAULT_LOGIN_POLICY)).toBe(may)
})

test('a name that the policy does not let in with is no other way in', () => {
  const policy = { ...DEFAULT_LOGIN_POLICY, identifiers: ['phone' as const] }
  expect(mayRemove('phone', [NAME, PHONE, EMAIL], policy)).toBe(false)
})
