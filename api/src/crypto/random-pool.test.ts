import { expect, test } from 'vitest'
import { createRandomPool } from './random-pool.ts'

test('no bytes are handed out twice, across the end of the pool too', () => {
  const random = createRandomPool()
  const drawn = Array.from({ length: 2_000 }, (_, at) => random(at % 3 === 0 ? 16 : 32).toString('hex'))
  expect(new Set(drawn).size).toBe(drawn.length)
  expect(random(10_000)).toHaveLength(10_000)
})

test('two draws share no byte of memory', () => {
  const random = createRandomPool()
  const first = random(32)
  const copy = Buffer.from(first)
  for (let draw = 0; draw < 500; draw++) random(32)
  expect(first.equals(copy)).toBe(true)
})
