import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createBrowser } from '../hostile/harness/browser.ts'
import { send } from '../hostile/harness/http.ts'
import { passwordOf, WITHOUT_LOCKS } from '../hostile/harness/people.ts'
import { median, quantile } from '../hostile/harness/statistics.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { LOGIN } from '../hostile/paths.ts'
import { isLong } from './seed.ts'

const SECONDS = isLong ? 30 : 10
const PER_SECOND = 200
const MEGABYTE = 1_048_576

test('R16 N281 a storm of wrong passwords stops nobody else', { timeout: (SECONDS + 60) * 1000 }, async () => {
  const world = await openWorld({
    env: { RATE_LIMIT_FACTOR: '100000', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', LOG_LEVEL: 'error' },
    configuration: WITHOUT_LOCKS,
    closing: onTestFinished,
  })
  const { server, rp } = world
  const flows = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      const browser = createBrowser(server)
      const request = await browser.open(rp.authorizePath('clientConf'))
      await browser.call(LOGIN.START(request, at % 2 ? 'alice' : 'nobody'))
      return { browser, request }
    }),
  )
  const storm = new Map<number, number>()
  const withoutHint: number[] = []
  let isOver = false
  let turn = 0
  const inFlight = new Set<Promise<void>>()
  const timer = setInterval(() => {
    for (let at = 0; at < PER_SECOND / 20; at++) {
      const { browser, request } = flows[turn++ % flows.length]!
      const attempt = browser.call(LOGIN.PW(request, 'a wrong password')).then(({ status, headers }) => {
        storm.set(status, (storm.get(status) ?? 0) + 1)
        if (status === 503 && !(Number(headers['retry-after']) > 0)) withoutHint.push(status)
      })
      inFlight.add(attempt)
      void attempt.finally(() => inFlight.delete(attempt))
    }
  }, 50)

  const alive: number[] = []
  const probe = async () => {
    while (!isOver) {
      const asked = performance.now()
      expect((await send(server, { path: '/healthz' })).status).toBe(200)
      alive.push(performance.now() - asked)
      await sleep(20)
    }
  }
  /** A person with the right password, who tries again when told to. */
  const signIns: number[] = []
  const person = async () => {
    while (!isOver) {
      const asked = performance.now()
      const browser = createBrowser(server)
      const request = await browser.open(rp.authorizePath('clientConf'))
      await browser.call(LOGIN.START(request, 'bob'))
      const answer = await browser.call(LOGIN.PW(request, passwordOf('bob')))
      if (answer.status === 200) signIns.push(performance.now() - asked)
      else expect(answer.status).toBe(503)
      await sleep(50)
    }
  }
  const work = [probe(), person()]
  await sleep(SECONDS * 1000)
  const memory = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024
  isOver = true
  clearInterval(timer)
  await Promise.all([...work, ...inFlight])

  console.log(
    `R16: ${JSON.stringify(Object.fromEntries(storm))}, healthz p99 ${quantile(alive, 0.99).toFixed(0)} ms, sign-in median ${median(signIns).toFixed(0)} p95 ${quantile(signIns, 0.95).toFixed(0)} ms, ${(memory / MEGABYTE).toFixed(0)} MB`,
  )
  expect([...storm.keys()].toSorted()).toEqual([401, 503])
  expect(withoutHint).toEqual([])
  expect(quantile(alive, 0.99)).toBeLessThan(100)
  expect(signIns.length).toBeGreaterThan(3)
  expect(quantile(signIns, 0.95)).toBeLessThan(2_000)
  expect(memory).toBeLessThan(400 * MEGABYTE)
})
