import { Agent } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { send } from '../hostile/harness/http.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { LOGIN } from '../hostile/paths.ts'

/** A request that was sent this long ago has been accepted. Milliseconds. */
const ACCEPTED_WITHIN = 100

/** A hundred requests a second, each on a connection of its own or on a kept one. What failed is told with the time it began. */
async function load(world: Awaited<ReturnType<typeof openWorld>>) {
  const { server, rp } = world
  const outcomes = { answered: 0, failed: [] as { what: string; began: number }[] }
  let isOver = false
  const slow = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const browser = world.browser()
      const request = await browser.open(rp.authorizePath('clientConf'))
      await browser.call(LOGIN.START(request, 'bob'))
      return { browser, request }
    }),
  )
  const keep = new Agent({ keepAlive: true })
  const fresh = new Agent({ keepAlive: false })
  const attempt = async (ask: () => Promise<{ status: number }>) => {
    const began = performance.now()
    try {
      const { status } = await ask()
      if (status >= 500 && status !== 503)
        outcomes.failed.push({ what: `status ${status}`, began: Number.NEGATIVE_INFINITY })
      else outcomes.answered++
    } catch (error) {
      outcomes.failed.push({ what: String((error as NodeJS.ErrnoException).code), began })
    }
  }
  const lanes = Array.from({ length: 20 }, async (_, lane) => {
    while (!isOver) {
      const { browser, request } = slow[lane % 4]!
      if (lane < 4) await attempt(() => browser.call(LOGIN.PW(request, 'a wrong password'), { connection: 'close' }))
      else
        await attempt(() =>
          send(server, {
            path: rp.authorizePath('clientConf'),
            agent: lane % 2 ? keep : fresh,
            headers: { 'x-forwarded-for': `192.0.2.${lane}` },
          }),
        )
      await sleep(150)
    }
  })
  return {
    outcomes,
    finish: async () => {
      isOver = true
      await Promise.all(lanes)
      keep.destroy()
      fresh.destroy()
    },
  }
}

test.each([
  ['once', [0]],
  ['several times within a second', [0, 50, 200, 500]],
])('R13 asked to stop %s under load, it finishes what it began and leaves', { timeout: 60_000 }, async (_how, at) => {
  const world = await openWorld({
    env: { RATE_LIMIT_FACTOR: '100000', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '4' },
    closing: () => undefined,
  })
  const { outcomes, finish } = await load(world)
  await sleep(1_500)
  const asked = performance.now()
  for (const after of at) setTimeout(() => world.server.child.kill('SIGTERM'), after)
  const code = await world.server.exited
  const took = performance.now() - asked
  await finish()
  expect(code).toBe(0)
  expect(took).toBeLessThan(10_000)
  expect(outcomes.answered).toBeGreaterThan(50)
  // whoever came with the signal may find the door closed; what had begun before it was finished
  expect(outcomes.failed.filter(({ began }) => began < asked - ACCEPTED_WITHIN)).toEqual([])
  expect(await world.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('R13 a second wish, more than a second later, ends it at once', { timeout: 60_000 }, async () => {
  const world = await openWorld({ closing: () => undefined })
  // a request that is never done
  const { issuer } = world.server
  const head = `POST /api/language HTTP/1.1\r\nHost: ${new URL(issuer).host}\r\nOrigin: ${issuer}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`
  const socket = connect(world.server.port, '127.0.0.1', () => socket.write(`${head}{`))
  socket.on('error', () => undefined)
  await sleep(300)
  const asked = performance.now()
  world.server.child.kill('SIGTERM')
  await sleep(1_500)
  expect(world.server.child.exitCode).toBeNull()
  world.server.child.kill('SIGTERM')
  await world.server.exited
  expect(performance.now() - asked).toBeLessThan(3_000)
  socket.destroy()
})
