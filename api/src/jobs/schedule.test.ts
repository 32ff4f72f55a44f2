import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWorld } from '../testing/world.ts'
import { startJobs } from './schedule.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const realTimeout = setTimeout

/** Lets what was started come to its end, on a server too. */
const settle = () => new Promise((resolve) => realTimeout(resolve, 20))

async function pass(milliseconds: number) {
  for (let at = 0; at < milliseconds; at += 1_000) {
    vi.advanceTimersByTime(1_000)
    await settle()
  }
}

const job = (name: string, run: () => Promise<unknown>, isLed = false) => ({ name, every: 10_000, isLed, run })

test('a job runs about as often as it says, until it is stopped', async () => {
  const { deps } = await createWorld()
  let runs = 0
  const stop = startJobs(deps, [job('count', async () => runs++)])
  await pass(8_000)
  expect(runs).toBe(0)
  await pass(92_000)
  expect(runs).toBeGreaterThanOrEqual(8)
  expect(runs).toBeLessThanOrEqual(11)
  await stop()
  const before = runs
  await pass(20_000)
  expect(runs).toBe(before)
})

test('a job that fails is logged, and runs again', async () => {
  const { deps, logLines } = await createWorld()
  let runs = 0
  const stop = startJobs(deps, [
    job('broken', async () => {
      runs++
      throw new Error('broken')
    }),
  ])
  await pass(25_000)
  await stop()
  expect(runs).toBe(2)
  expect(logLines.filter((line) => line.includes('"job":"broken"'))).toHaveLength(2)
})

test('of many processes one does what is led', async () => {
  const { deps } = await createWorld()
  const ran: string[] = []
  const start = (name: string) => startJobs(deps, [job('led', async () => ran.push(name), true)])
  const stops = [start('one'), start('two'), start('three')]
  await pass(60_000)
  await Promise.all(stops.map((stop) => stop()))
  expect(ran.length).toBeGreaterThanOrEqual(4)
  expect(new Set(ran).size).toBe(1)
})

test('stopping waits for what is running', async () => {
  const { deps } = await createWorld()
  const { promise, resolve } = Promise.withResolvers<void>()
  let isDone = false
  const work = async () => {
    await promise
    isDone = true
  }
  const stop = startJobs(deps, [job('slow', work)])
  await pass(12_000)
  const stopped = stop()
  resolve()
  await stopped
  expect(isDone).toBe(true)
})
