import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { send } from './harness/http.ts'
import { quantile } from './harness/statistics.ts'
import { openWorld } from './harness/world.ts'

const { server } = await openWorld()
const HOST = new URL(server.issuer).host

test('N286 DOS - sockets that say nothing, or too little, are closed, and nobody waits for them', async () => {
  const SOCKETS = 200
  const closedAfter: number[] = []
  const begin = performance.now()
  const sockets: Socket[] = []
  const hold = (bytes: string) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('error', () => undefined)
    socket.resume()
    socket.on('close', () => closedAfter.push(performance.now() - begin))
    sockets.push(socket)
  }
  for (let at = 0; at < SOCKETS; at++) {
    hold(`GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `)
    hold(`GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
  }
  const took: number[] = []
  while (performance.now() - begin < 13_000 && closedAfter.length < 2 * SOCKETS) {
    const asked = performance.now()
    expect((await send(server, { path: '/healthz' })).status).toBe(200)
    took.push(performance.now() - asked)
    await sleep(20)
  }
  for (const socket of sockets) socket.destroy()
  expect(closedAfter.length).toBe(2 * SOCKETS)
  expect(Math.max(...closedAfter)).toBeLessThan(13_000)
  expect(quantile(took, 0.9)).toBeLessThan(50)
}, 40_000)
