import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Door, send } from '../hostile/harness/http.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { isLong } from './seed.ts'

const world = await openWorld()
const { server } = world
const HOST = new URL(server.issuer).host
const MEGABYTE = 1_048_576
const SENT = (isLong ? 1_000 : 50) * MEGABYTE

const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

/** Sends as much as the server takes; the first line of the answer. */
function pour({ port }: Door, head: string, piece: Buffer, total: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    let sent = 0
    const socket = connect(port, '127.0.0.1')
    const finish = () => {
      socket.destroy()
      resolve(answer.split('\r\n')[0]!)
    }
    const write = () => {
      while (sent < total && !socket.destroyed) {
        sent += piece.length
        if (!socket.write(piece)) return
      }
    }
    socket.on('connect', () => {
      socket.write(head)
      write()
    })
    socket.on('drain', write)
    socket.on('data', (chunk) => {
      answer += chunk
      finish()
    })
    socket.on('error', finish)
    socket.on('close', finish)
    socket.setTimeout(5_000, finish)
  })
}

const head = (path: string, more: string) =>
  `POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${server.issuer}\r\nContent-Type: application/json\r\n${more}\r\n`
const plain = Buffer.alloc(65_536, 'x')
const chunk = Buffer.concat([Buffer.from('10000\r\n'), plain, Buffer.from('\r\n')])
const bomb = gzipSync(Buffer.alloc(50 * MEGABYTE))

describe.runIf(process.platform === 'linux')('R15 huge and odd bodies', () => {
  const cases: [string, () => Promise<string>][] = [
    ['a huge body', () => pour(server, head('/api/language', `Content-Length: ${SENT}\r\n`), plain, SENT)],
    ['a huge body to no route', () => pour(server, head('/nowhere', `Content-Length: ${SENT}\r\n`), plain, SENT)],
    [
      'a huge body in chunks',
      () => pour(server, head(world.endpoints.TOKEN, 'Transfer-Encoding: chunked\r\n'), chunk, SENT),
    ],
    [
      'chunks of one byte',
      () =>
        pour(
          server,
          head('/api/language', 'Transfer-Encoding: chunked\r\n'),
          Buffer.from('1\r\nx\r\n'.repeat(1_000)),
          6 * MEGABYTE,
        ),
    ],
    [
      'length and chunks together',
      () => pour(server, head('/api/language', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'), chunk, 65_536),
    ],
    ['a header of a megabyte', () => pour(server, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Big: `, plain, MEGABYTE)],
    ['an address of a megabyte', () => pour(server, 'GET /?', plain, MEGABYTE)],
    [
      'ten thousand headers',
      () => pour(server, `GET / HTTP/1.1\r\nHost: ${HOST}\r\n`, Buffer.from('X-A: 1\r\n'.repeat(1_000)), MEGABYTE),
    ],
    [
      'a compression bomb',
      () =>
        pour(
          server,
          head('/api/language', `Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n`),
          bomb,
          bomb.length,
        ),
    ],
    ['deep JSON', () => post('['.repeat(32_000) + ']'.repeat(32_000))],
    ['deep objects', () => post(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)],
    [
      'many keys',
      () => post(JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, 1])))),
    ],
    [
      '100,000 keys',
      () => post(JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 1])))),
    ],
    ['no JSON', () => post('\u0000'.repeat(60_000))],
  ]
  const post = async (body: string) =>
    `HTTP/1.1 ${(await send(server, { method: 'POST', path: '/api/language', body, headers: { 'content-type': 'application/json', origin: server.issuer } })).status} `

  test('are refused, and take no memory', { timeout: 120_000 }, async () => {
    for (const [, act] of cases) await act()
    const before = memoryOf(server.pid)
    for (let round = 0; round < 3; round++)
      for (const [name, act] of cases) {
        const answer = await act()
        // a connection that is cut while it still pours is refused as well
        expect(answer, name).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
      }
    expect(memoryOf(server.pid) - before).toBeLessThan(50 * MEGABYTE)
    expect((await send(server, { path: '/healthz' })).status).toBe(200)
    expect(server.log()).not.toContain('"level":50')
  })
})
