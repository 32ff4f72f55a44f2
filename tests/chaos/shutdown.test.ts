import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Browser, createBrowser } from '../hostile/harness/browser.ts'
import { send } from '../hostile/harness/http.ts'
import { WITHOUT_LOCKS } from '../hostile/harness/people.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { LOGIN } from '../hostile/paths.ts'

type World = Awaited<ReturnType<typeof openWorld>>

const IN_FLIGHT = 12

/** Some twenty requests at a time, each on a connection of its own or on a kept one. Statuses as they came; what got no answer is 0. */
function load({ server, rp }: World) {
  const statuses: number[] = []
  let isOver = false
  const keep = new Agent({ keepAlive: true })
  const fresh = new Agent({ keepAlive: false })
  const lanes = Array.from({ length: 20 }, async (_, lane) => {
    while (!isOver) {
      const asked = send(server, {
        path: rp.authorizePath('clientConf'),
        agent: lane % 2 ? keep : fresh,
        headers: { 'x-forwarded-for': `192.0.2.${lane}` },
      })
      statuses.push(
        await asked.then(
          ({ status }) => status,
          () => 0,
        ),
      )
      await sleep(50)
    }
  })
  return {
    statuses,
    finish: async () => {
      isOver = true
      await Promise.all(lanes)
      keep.destroy()
      fresh.destroy()
    },
  }
}

async function atPassword({ server, rp }: World): Promise<{ browser: Browser; request: string }> {
  const browser = createBrowser(server)
  const request = await browser.open(rp.authorizePath('clientConf'))
  await browser.call(LOGIN.START(request, 'bob'))
  return { browser, request }
}

/** A password whose sending has begun: the server has said "100 Continue" (RFC 9110 10.1.1), so it has the request. `end` sends it. */
async function beginPassword(world: World) {
  const { browser, request } = await atPassword(world)
  const { path, body } = LOGIN.PW(request, 'a wrong password')
  const text = JSON.stringify(body)
  const { issuer, port } = world.server
  const sending = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    agent: false,
    headers: {
      host: new URL(issuer).host,
      origin: issuer,
      cookie: [...browser.jar].map((pair) => pair.join('=')).join('; '),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      expect: '100-continue',
    },
  })
  const status = new Promise<number>((resolve, reject) => {
    sending.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)))
    sending.on('error', reject)
  })
  const begun = new Promise((resolve) => sending.on('continue', resolve))
  sending.flushHeaders()
  await begun
  return {
    end: () => {
      sending.end(text)
      return status
    },
  }
}

test.each([
  ['once', [0]],
  ['several times within a second', [0, 50, 200, 500]],
])('R13 asked to stop %s under load, it finishes what it began and leaves', { timeout: 60_000 }, async (_how, at) => {
  const world = await openWorld({
    env: { RATE_LIMIT_FACTOR: '100000', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '4' },
    configuration: WITHOUT_LOCKS,
    closing: () => undefined,
  })
  const { statuses, finish } = load(world)
  await expect.poll(() => statuses.length, { timeout: 30_000, interval: 50 }).toBeGreaterThan(100)
  const begun = await Promise.all(Array.from({ length: IN_FLIGHT }, () => beginPassword(world)))
  const asked = performance.now()
  for (const after of at) setTimeout(() => world.server.child.kill('SIGTERM'), after)
  await isStopping(world)
  const answered = await Promise.all(begun.map(({ end }) => end()))
  expect(await world.server.exited).toBe(0)
  expect(performance.now() - asked).toBeLessThan(10_000)
  await finish()

  expect(answered).toEqual(Array.from({ length: IN_FLIGHT }, () => 401))
  // whoever came with the signal may find the door closed; whoever got an answer got a good one
  expect(new Set(statuses.filter((status) => status >= 500 && status !== 503))).toEqual(new Set())
  expect(await world.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

/** Waits until nobody new is let in. */
async function isStopping({ server }: World): Promise<void> {
  for (;;) {
    const answer = await send(server, { path: '/healthz', agent: new Agent({ keepAlive: false }) }).catch(() => null)
    if (answer === null) return
    await sleep(20)
  }
}

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
