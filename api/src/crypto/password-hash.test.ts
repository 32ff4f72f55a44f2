import { expect, test } from 'vitest'
import { Unavailable } from '../domain/unavailable.ts'
import { createPasswordHasher } from './password-hash.ts'

const cheap = { memory: 8, passes: 1 }
const hasher = createPasswordHasher(cheap)

test('argon2id with a salt of its own', async () => {
  const [one, other] = [await hasher.hash('password'), await hasher.hash('password')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/)
  expect(one).not.toBe(other)
  expect([await hasher.verify(one, 'password'), await hasher.verify(one, 'Password')]).toEqual([true, false])
})

test('nobody’s password never matches, not even the decoy’s', async () => {
  for (const typed of ['', 'password', 'nobody has this password']) expect(await hasher.verify(null, typed)).toBe(false)
})

test('a hash of another cost is verified, and known to be outdated', async () => {
  const dearer = createPasswordHasher({ memory: 16, passes: 2 })
  const stored = await hasher.hash('password')
  expect([await dearer.verify(stored, 'password'), dearer.isOutdated(stored), hasher.isOutdated(stored)]).toEqual([
    true,
    true,
    false,
  ])
})

test('more than fifty in line are turned away', async () => {
  const narrow = createPasswordHasher(cheap, 1)
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => narrow.hash('x')))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(9)
  for (const { reason } of refused) expect(reason).toBeInstanceOf(Unavailable)
})
