import { expect, test } from 'vitest'
import { profile } from '../../testing/app-fixtures.ts'
import { changeOf, valuesOf, wrongFields } from './values.ts'

test.each([
  [{ birthDay: '', birthMonth: '', birthYear: '' }, null],
  [{ birthDay: '', birthMonth: '', birthYear: '1816' }, '1816'],
  [{ birthDay: '1', birthMonth: '02', birthYear: '' }, '0000-02-01'],
  [{ birthDay: '01', birthMonth: '02', birthYear: '1816' }, '1816-02-01'],
])('%j is the birth date %s', (parts, birthdate) => {
  const change = changeOf({ ...valuesOf(profile), ...parts }, profile)
  expect(change).toEqual({ birthdate })
  expect([...wrongFields(change)]).toEqual([])
})

test.each([
  { birthDay: '1', birthMonth: '', birthYear: '1816' },
  { birthDay: '', birthMonth: '02', birthYear: '1816' },
  { birthDay: '30', birthMonth: '02', birthYear: '1816' },
  { birthDay: 'x', birthMonth: '02', birthYear: '1816' },
  { birthDay: '', birthMonth: '', birthYear: '16' },
])('%j is none, and is said at its field', (parts) => {
  const change = changeOf({ ...valuesOf(profile), ...parts }, profile)
  expect([...wrongFields(change)]).toEqual([['birthYear', 'invalid']])
})

test('a part of an address sends all of it; the last part that goes takes it away', () => {
  const known = { ...profile, address: { locality: 'London' } }
  expect(changeOf({ ...valuesOf(known), country: 'England' }, known)).toEqual({
    address: { locality: 'London', country: 'England' },
  })
  expect(changeOf({ ...valuesOf(known), locality: ' ' }, known)).toEqual({ address: null })
})

test.each(['displayName', 'givenName', 'familyName'] as const)('%s may be changed, and not taken away', (name) => {
  const wrong = (typed: string) => [...wrongFields(changeOf({ ...valuesOf(profile), [name]: typed }, profile))]
  expect(wrong('Ada Augusta')).toEqual([])
  expect(wrong(' ')).toEqual([[name, 'required']])
  expect(wrong('x'.repeat(201))).toEqual([[name, 'too_long']])
})
