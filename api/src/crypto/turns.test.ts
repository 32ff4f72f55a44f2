import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

/** Something of this name that ends when it is told to. */
function begin(turns: ReturnType<typeof createTurns>, name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const done = turns.during(name, () => promise).catch(() => 'failed')
  return { finish: resolve, fail: () => reject(new Error('failed')), done }
}

/** Who waits for this name, and what they heard so far. */
function wait(turns: ReturnType<typeof createTurns>, name: string, count: number) {
  const heard: number[] = []
  for (let at = 0; at < count; at++) void turns.hasEnded(name).then((ended) => ended && heard.push(at))
  return heard
}

test('nobody waits for what is not under way', async () => {
  const turns = createTurns(10)
  expect(await turns.hasEnded('ada')).toBe(false)
  const other = begin(turns, 'ben')
  expect(await turns.hasEnded('ada')).toBe(false)
  other.finish()
})

test('each end calls the next in line, and the last one everybody', async () => {
  const turns = createTurns(10)
  const [one, other] = [begin(turns, 'ada'), begin(turns, 'ada')]
  const heard = wait(turns, 'ada', 4)
  await settle()
  expect(heard).toEqual([])
  one.finish()
  await settle()
  expect(heard).toEqual([0])
  other.fail()
  await settle()
  expect(heard).toEqual([0, 1, 2, 3])
  expect(await turns.hasEnded('ada')).toBe(false)
})

test('what failed has ended too, and work that throws at once', async () => {
  const turns = createTurns(10)
  const failing = turns.during('ada', async () => {
    await settle()
    throw new Error('no')
  })
  const heard = wait(turns, 'ada', 1)
  await expect(failing).rejects.toThrow('no')
  await settle()
  expect(heard).toEqual([0])
})

test('who comes when the line is full is told at once', async () => {
  const turns = createTurns(2)
  const one = begin(turns, 'ada')
  const heard = wait(turns, 'ada', 2)
  expect(await turns.hasEnded('ada')).toBe(false)
  one.finish()
  await settle()
  expect(heard).toEqual([0, 1])
})
