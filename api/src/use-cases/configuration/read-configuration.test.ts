import { describe, expect, test } from 'vitest'
import { BadConfiguration, pathOf } from './fault.ts'
import { readConfiguration } from './read-configuration.ts'

function refusal(text: string): string {
  try {
    readConfiguration(text)
  } catch (error) {
    if (error instanceof BadConfiguration) return error.message
    throw error
  }
  return ''
}

describe('what is no JSON is refused with its line, and nothing of it is repeated', () => {
  test.each([
    ['', 1],
    ['{"organizations": [\n  {"password": hunter2hunter2hunter2 }\n]}', 2],
    ['{"organizations": [\n  {"name": "Acme",\n  }\n]}', 3],
    ['{\n\n"organizations": }', 3],
    ['{"a": 1}\n\n\nx', 4],
    ['{"a": "never\nended', 1],
    ['{"a": [\n1 2]}', 2],
  ])('%j', (text, line) => {
    expect(refusal(text)).toBe(`line ${line} is not JSON.`)
  })
})

test('a byte order mark is borne', () => {
  expect(readConfiguration('\uFEFF{"organizations": []}').organizations).toEqual([])
})

const user = (members: object) =>
  JSON.stringify({ organizations: [{ primaryDomain: 'a.test', name: 'A', users: [{ username: 'ada', ...members }] }] })

test.each([
  [{ password: 12345 }, 'password expected string, received number.'],
  [{ passwrod: 'a secret in the wrong place' }, 'passwrod is not known here.'],
  [{ email: 12345 }, 'email expected string, received number.'],
  [{ givenName: 'a\u0000b' }, 'givenName must be one line with a letter in it.'],
  [{ address: { formatted: 'one line\nand another\u0007' } }, 'address.formatted must not hold control characters.'],
  [{ address: { formatted: '\ud800' } }, 'address.formatted must not hold control characters.'],
])('the fault of %j has its path', (members, message) => {
  expect(refusal(user(members))).toBe(`organizations[0].users[0].${message}`)
})

test('every fault is said, one for each place', () => {
  const all = refusal('{"organizations": [{"name": ""}, {"primaryDomain": "Acme.test", "name": "Acme", "x": 1}]}')
  expect(all.split('\n').toSorted()).toEqual([
    'organizations[0].name must not be empty.',
    'organizations[0].primaryDomain is missing.',
    'organizations[1].primaryDomain must be a domain in lower case, like acme.example.',
    'organizations[1].x is not known here.',
  ])
})

test('lines are for addresses only', () => {
  expect(refusal(user({ address: { formatted: 'one line\nand another' } }))).toBe('')
})

test.each([
  [['organizations', 0, 'users', 12, 'email'], 'organizations[0].users[12].email'],
  [['$schema'], '$schema'],
  [['a b', 'c'], '["a b"].c'],
  [[], ''],
])('the path of %j', (segments, path) => {
  expect(pathOf(segments)).toBe(path)
})
