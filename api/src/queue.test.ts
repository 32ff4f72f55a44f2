import { expect, test } from 'vitest'
import { Unavailable } from './domain/unavailable.ts'
import { createQueue } from './queue.ts'

/** Work that ends when it is told to. */
function pieces(count: number) {
  const started: number[] = []
  const all = Array.from({ length: count }, (_, at) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const run = () => {
      started.push(at)
      return promise
    }
    return { run, finish: () => resolve(at), fail: () => reject(new Error('failed')) }
  })
  return { all, started }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('as many as it is wide run at once, the others in order', async () => {
  const queue = createQueue(2, 10)
  const { all, started } = pieces(4)
  const results = all.map(({ run }) => queue.run(run))
  await settle()
  expect([started, queue.waiting()]).toEqual([[0, 1], 2])
  all[1]!.finish()
  await settle()
  expect([started, queue.waiting()]).toEqual([[0, 1, 2], 1])
  for (const { finish } of all) finish()
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3])
  expect(queue.waiting()).toBe(0)
})

test('who comes when the line is full is turned away at once', async () => {
  const queue = createQueue(1, 1)
  const { all, started } = pieces(3)
  const [first, second] = [queue.run(all[0]!.run), queue.run(all[1]!.run)]
  await expect(queue.run(all[2]!.run)).rejects.toThrow(Unavailable)
  expect(queue.mustHaveRoom).toThrow(Unavailable)
  for (const { finish } of all) finish()
  await Promise.all([first, second])
  queue.mustHaveRoom()
  expect(started).toEqual([0, 1])
})

test('work that fails frees its place', async () => {
  const queue = createQueue(1, 5)
  const { all } = pieces(2)
  const [first, second] = [queue.run(all[0]!.run), queue.run(all[1]!.run)]
  all[0]!.fail()
  all[1]!.finish()
  await expect(first).rejects.toThrow('failed')
  expect(await second).toBe(1)
  expect(await queue.run(async () => 'again')).toBe('again')
})
