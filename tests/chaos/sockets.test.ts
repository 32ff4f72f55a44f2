import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { send } from '../hostile/harness/http.ts'
import { quantile } from '../hostile/harness/statistics.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { isLong } from './seed.ts'

const SOCKETS = isLong ? 1_000 : 200
const LIMIT = 34_000

test('R14 hundreds of sockets that dribble do not keep the others waiting, and all of them are closed', {
  timeout: 90_000,
}, async () => {
  const world = await openWorld({ closing: onTestFinished })
  const { server } = world
  const host = new URL(server.issuer).host
  const begin = performance.now()
  const closedAfter: { kind: string; at: number }[] = []
  const sockets: Socket[] = []
  const dribble = (kind: string, opening: string) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(opening))
    const timer = setInterval(() => socket.writable && socket.write('x'), 500)
    socket.on('error', () => undefined)
    socket.resume()
    socket.on('close', () => {
      clearInterval(timer)
      closedAfter.push({ kind, at: performance.now() - begin })
    })
    sockets.push(socket)
  }
  for (let at = 0; at < SOCKETS; at++) dribble('headers', `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `)
  for (let at = 0; at < SOCKETS / 4; at++)
    dribble(
      'body',
      `POST /api/language HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${server.issuer}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n`,
    )

  const took: number[] = []
  while (performance.now() - begin < LIMIT && closedAfter.length < sockets.length) {
    const asked = performance.now()
    expect((await send(server, { path: world.rp.authorizePath('clientConf') })).status).toBeLessThan(500)
    took.push(performance.now() - asked)
    await sleep(50)
  }
  const open = sockets.length - closedAfter.length
  for (const socket of sockets) socket.destroy()
  expect(open).toBe(0)
  const last = (kind: string) => Math.max(...closedAfter.filter((closed) => closed.kind === kind).map(({ at }) => at))
  expect(last('headers')).toBeLessThan(13_000)
  expect(last('body')).toBeLessThan(LIMIT)
  expect(quantile(took, 0.95)).toBeLessThan(50)
})
