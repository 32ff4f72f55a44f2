import { expect, test } from 'vitest'
import { inChunks } from './in-chunks.ts'

test('a long list is asked for in pieces, each key once, and nothing for no key', async () => {
  const asked: number[] = []
  const ask = async (some: number[]) => {
    asked.push(some.length)
    return some.map((key) => key * 2)
  }
  const keys = Array.from({ length: 1001 }, (_, key) => key)
  expect(await inChunks([...keys, ...keys], ask)).toEqual(keys.map((key) => key * 2))
  expect(asked).toEqual([400, 400, 201])
  expect(await inChunks([], ask)).toEqual([])
  expect(asked).toHaveLength(3)
})
