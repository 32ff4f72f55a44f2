import { expect, test } from 'vitest'
import { createTurns, type Turns } from './turns.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

/** Something of this name, under way until it is told to end. */
function enter(turns: Turns, name: string) {
  const turn = turns.begin()
  turn.enter(name)
  return turn
}

/** Who waits for this name, and what they heard so far. */
function wait(turns: Turns, name: string, count: number) {
  const heard: number[] = []
  for (let at = 0; at < count; at++) {
    const turn = turns.begin()
    void turn.hasEnded(name).then((ended) => ended && heard.push(at))
  }
  return heard
}

test('nobody waits for what is not under way', async () => {
  const turns = createTurns(10)
  expect(await turns.begin().hasEnded('ada')).toBe(false)
  enter(turns, 'ben')
  expect(await turns.begin().hasEnded('ada')).toBe(false)
})

test('each end calls the next in line, and the last one everybody', async () => {
  const turns = createTurns(10)
  const [one, other] = [enter(turns, 'ada'), enter(turns, 'ada')]
  const heard = wait(turns, 'ada', 4)
  await settle()
  expect(heard).toEqual([])
  one.end()
  one.end()
  await settle()
  expect(heard).toEqual([0])
  other.end()
  await settle()
  expect(heard).toEqual([0, 1, 2, 3])
  expect(await turns.begin().hasEnded('ada')).toBe(false)
})

test('who began before the end hears of it afterwards too', async () => {
  const turns = createTurns(10)
  const one = enter(turns, 'ada')
  const slow = turns.begin()
  one.end()
  expect(await slow.hasEnded('ben')).toBe(false)
  const another = turns.begin()
  enter(turns, 'ada').end()
  expect(await another.hasEnded('ada')).toBe(true)
  expect(await turns.begin().hasEnded('ada')).toBe(false)
})

test('nobody waits for themselves, and what they entered holds nobody up', async () => {
  const turns = createTurns(10)
  const one = enter(turns, 'ada')
  const heard = wait(turns, 'ada', 2)
  expect(await one.hasEnded('ada')).toBe(false)
  await settle()
  expect(heard).toEqual([0, 1])
})

test('who comes when the line is full is told at once', async () => {
  const turns = createTurns(2)
  const one = enter(turns, 'ada')
  const heard = wait(turns, 'ada', 2)
  expect(await turns.begin().hasEnded('ada')).toBe(false)
  one.end()
  await settle()
  expect(heard).toEqual([0, 1])
})
