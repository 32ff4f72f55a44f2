import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const key = randomBytes(32)
const box = createSecretBox(key, randomBytes)
const PLACE = 'signing_keys/a'

test('what was sealed opens at its place', () => {
  for (const secret of ['', 'a', 'é\0\u{1f511}', 'x'.repeat(5000)])
    expect(box.open(box.seal(secret, PLACE), PLACE)).toBe(secret)
})

test('it opens after a restart, with the same master key', () => {
  expect(createSecretBox(key, randomBytes).open(box.seal('secret', PLACE), PLACE)).toBe('secret')
})

test('it does not open at another place, or with another key', () => {
  const sealed = box.seal('secret', PLACE)
  expect(() => box.open(sealed, 'signing_keys/b')).toThrow()
  expect(() => createSecretBox(randomBytes(32), randomBytes).open(sealed, PLACE)).toThrow()
})

test('every part of it counts', () => {
  const parts = box.seal('secret', PLACE).split('.')
  for (const [at, part] of parts.entries()) {
    const changed = part.startsWith('A') ? `B${part.slice(1)}` : `A${part.slice(1)}`
    expect(() => box.open(parts.with(at, changed).join('.'), PLACE)).toThrow()
    expect(() => box.open(parts.with(at, '').join('.'), PLACE)).toThrow()
  }
  const [version, iv, tag, content] = parts
  expect(() => box.open([version, iv, tag!.slice(0, 6), content].join('.'), PLACE)).toThrow()
})

test('the same secret is sealed differently each time', () => {
  expect(box.seal('secret', PLACE)).not.toBe(box.seal('secret', PLACE))
})

test('names are stable under one key and purpose, and tell nothing', () => {
  const name = box.nameOf('password/name', 'bob')
  expect(name).toMatch(/^[\w-]{32}$/)
  expect(createSecretBox(key, randomBytes).nameOf('password/name', 'bob')).toBe(name)
  expect(box.nameOf('password/address', 'bob')).not.toBe(name)
  expect(box.nameOf('password', '/name\0bob')).not.toBe(name)
  expect(createSecretBox(randomBytes(32), randomBytes).nameOf('password/name', 'bob')).not.toBe(name)
})
