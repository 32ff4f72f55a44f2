import { expect, test } from 'vitest'
import { domainOf, normalizeIdentifier, readIdentifier } from './identifier.ts'

const ALL = ['username', 'email', 'phone'] as const

test.each([
  ['email', ' Bob@Acme.TEST ', 'bob@acme.test'],
  ['username', 'ＢＯＢ', 'bob'],
  ['username', 'ﬁona', 'fiona'],
  ['username', 'İ', 'i̇'],
  ['phone', '+41 (44) 123-45/67', '+41441234567'],
  ['phone', '0041.44', '+004144'],
] as const)('%s %j is stored as %j', (kind, typed, stored) => {
  expect(normalizeIdentifier(kind, typed)).toBe(stored)
  expect(normalizeIdentifier(kind, stored)).toBe(stored)
})

test.each([
  ['bob', ['username']],
  ['bob@acme.test', ['email', 'username']],
  ['+41 44 123 45 67', ['phone', 'username']],
  ['044123', ['phone', 'username']],
  ['a b@c', ['username']],
  ['bob@', ['username']],
  ['+1', ['username']],
])('%j can be read as %j, most likely first', (typed, kinds) => {
  expect(readIdentifier(typed, ALL).map(({ kind }) => kind)).toEqual(kinds)
})

test('only what the policy accepts is read', () => {
  expect(readIdentifier('bob@acme.test', ['phone'])).toEqual([])
  expect(readIdentifier('BOB@acme.test', ['email'])).toEqual([{ kind: 'email', value: 'bob@acme.test' }])
})

test.each([
  ['bob@Acme.Test', 'acme.test'],
  [' bob@ACME.test ', 'acme.test'],
  ['bob', null],
  ['@acme.test', null],
  ['bob@', null],
  ['a@b@acme.test', null],
])('the domain of %j is %j', (typed, domain) => {
  expect(domainOf(typed)).toBe(domain)
})
