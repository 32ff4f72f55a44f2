import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { redirectOf } from '../hostile/harness/browser.ts'
import { send } from '../hostile/harness/http.ts'
import { quantile } from '../hostile/harness/statistics.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { expectSound } from './oracle.ts'
import { isShort } from './seed.ts'

/** Resolves when another process keeps everybody from writing; what it resolves with lets go. */
async function lock(folder: string): Promise<() => Promise<void>> {
  const holder = fork(join(import.meta.dirname, 'hold-lock.ts'), [join(folder, 'vestibule.db')])
  await once(holder, 'message')
  return async () => {
    holder.send('let go')
    await once(holder, 'exit')
  }
}

async function measure(world: Awaited<ReturnType<typeof openWorld>>, lockedFor: number) {
  const { server, rp, place } = world
  const browser = world.browser()
  await rp.obtainCode(browser, 'clientConf', 'bob')
  const alive: number[] = []
  const outcomes: { outcome: string; took: number }[] = []
  let isOver = false
  const probe = async () => {
    while (!isOver) {
      const asked = performance.now()
      expect((await send(server, { path: '/healthz' })).status).toBe(200)
      alive.push(performance.now() - asked)
      await sleep(5)
    }
  }
  const writer = async () => {
    while (!isOver) {
      const asked = performance.now()
      const answer = await browser.get('/account')
      const silent = redirectOf(await rp.silently(browser, 'clientConf')).searchParams
      const outcome = answer.status >= 500 ? String(answer.status) : (silent.get('error') ?? 'done')
      if (answer.status === 503) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      outcomes.push({ outcome, took: performance.now() - asked })
      await sleep(10)
    }
  }
  const work = [probe(), ...Array.from({ length: 8 }, writer)]
  await sleep(300)
  const release = await lock(place.env.DATA_DIR!)
  await sleep(lockedFor)
  await release()
  await sleep(1_000)
  isOver = true
  await Promise.all(work)
  return { alive, outcomes }
}

test('R3 the database is locked for two seconds: slow answers, and no refusal', { timeout: 60_000 }, async () => {
  const world = await openWorld({ closing: onTestFinished, env: { RATE_LIMIT_FACTOR: '1000' } })
  const { alive, outcomes } = await measure(world, 2_000)
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
  expect(Math.max(...outcomes.map(({ took }) => took))).toBeGreaterThan(1_000)
  if (!isShort) expect(quantile(alive, 0.99)).toBeLessThan(150)
  await expectSound(world.place, world.rows)
})

test('R3 the database is locked for ten seconds: 503 that says when to come back, and all is well after', {
  timeout: 60_000,
}, async () => {
  const world = await openWorld({ closing: onTestFinished, env: { RATE_LIMIT_FACTOR: '1000' } })
  const { alive, outcomes } = await measure(world, 10_000)
  const kinds = new Set(outcomes.map(({ outcome }) => outcome))
  expect([...kinds].filter((kind) => !['done', '503', 'temporarily_unavailable'].includes(kind))).toEqual([])
  expect(kinds.has('503') || kinds.has('temporarily_unavailable')).toBe(true)
  if (!isShort) expect(quantile(alive, 0.99)).toBeLessThan(150)
  expect(outcomes.at(-1)!.outcome).toBe('done')
  await expectSound(world.place, world.rows)
})
