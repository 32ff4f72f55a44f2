import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { giveBackMemory } from './give-back-memory.ts'

/** Milliseconds. */
const SETTLED = 40

/** Keeps the event loop at work, turn after turn. */
async function work(milliseconds: number): Promise<void> {
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    for (const turn = performance.now() + 3; performance.now() < turn; );
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('a server that nobody asks collects once', async () => {
  let collected = 0
  giveBackMemory(() => collected++, SETTLED)
  await sleep(8 * SETTLED)
  expect(collected).toBe(1)
})

test('one that is busy waits until it is not', async () => {
  let collected = 0
  giveBackMemory(() => collected++, SETTLED)
  await work(6 * SETTLED)
  expect(collected).toBe(0)
  await sleep(8 * SETTLED)
  expect(collected).toBe(1)
})
