import { expect, test } from 'vitest'
import { HINT_LIFETIME, isForgettable, isPublished, type KeyTimes, signingKeyAt, usedUntil } from './signing-keys.ts'

const key = (kid: string, usedFrom: number, algorithm: KeyTimes['algorithm'] = 'ES256'): KeyTimes => ({
  kid,
  algorithm,
  createdAt: usedFrom - 600,
  usedFrom,
})
const keys = [key('old', 1000), key('rsa', 1500, 'RS256'), key('new', 2000)]

test.each([
  [999, null],
  [1000, 'old'],
  [1999, 'old'],
  [2000, 'new'],
  [9999, 'new'],
])('at %i the key %s signs', (now, kid) => {
  expect(signingKeyAt(keys, 'ES256', now)?.kid ?? null).toBe(kid)
})

test('a key stops when the next of its algorithm starts; the last never does', () => {
  expect(keys.map((each) => usedUntil(each, keys))).toEqual([2000, Infinity, Infinity])
})

test('it is published until its last token has expired, and known for hints after that', () => {
  const [old] = keys as [KeyTimes, ...KeyTimes[]]
  const longestToken = 500
  expect([0, 2499, 2500].map((now) => isPublished(old, keys, longestToken, now))).toEqual([true, true, false])
  expect([2500, 2000 + HINT_LIFETIME - 1, 2000 + HINT_LIFETIME].map((now) => isForgettable(old, keys, now))).toEqual([
    false,
    false,
    true,
  ])
})

test('the last key is never forgotten', () => {
  expect(isForgettable(key('new', 0), keys.slice(1), Number.MAX_SAFE_INTEGER)).toBe(true)
  expect(isForgettable(keys[2]!, keys, Number.MAX_SAFE_INTEGER)).toBe(false)
})
