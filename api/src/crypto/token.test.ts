import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { equalHashes, equalSecrets, isToken, newToken, type TokenKind, tokenHash } from './token.ts'

const KINDS: TokenKind[] = [
  'device',
  'authorization_code',
  'access_token',
  'refresh_token',
  'one_time_link',
  'request_uri',
]

test.each(KINDS)('a token of the kind %s is of no other kind', (kind) => {
  const token = newToken(kind, randomBytes)
  expect(KINDS.filter((other) => isToken(other, token))).toEqual([kind])
  expect(newToken(kind, randomBytes)).not.toBe(token)
})

test('it holds what the randomness gave, all 256 bits', () => {
  expect(newToken('device', (size) => Buffer.alloc(size, 0xff))).toBe(`vd_${'_'.repeat(42)}8`)
})

const right = `vd_${'_'.repeat(42)}8`

test.each([
  '',
  'vd_',
  right.slice(0, -1),
  `${right}A`,
  `${right}=`,
  ` ${right}`,
  right.toUpperCase(),
  `vd_${'_'.repeat(42)}9`,
  `vd_${'/'.repeat(42)}8`,
])('%j is not the canonical form', (value) => {
  expect(isToken('device', right)).toBe(true)
  expect(isToken('device', value)).toBe(false)
})

test('the hash is SHA-256 in base64url', () => {
  expect(tokenHash('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
})

test('secrets are compared whatever their lengths', () => {
  expect(equalSecrets('a', 'a')).toBe(true)
  for (const other of ['', 'b', 'aa']) expect(equalSecrets('a', other)).toBe(false)
})

test('hashes are equal when they are the same, whatever their lengths', () => {
  const hash = tokenHash('a')
  expect(equalHashes(hash, tokenHash('a'))).toBe(true)
  for (const other of [tokenHash('b'), '', hash.slice(1), `${hash}=`]) expect(equalHashes(hash, other)).toBe(false)
})
