import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sendRaw } from './harness/http.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp, server } = world
const HOST = new URL(server.issuer).host
const MEGABYTE = 1_048_576

/** Bytes of memory that the server occupies. */
const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

describe.runIf(process.platform === 'linux')('N279 DOS - a body is measured before it is read', () => {
  const head = (path: string, more: string) =>
    `POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${server.issuer}\r\nContent-Type: application/json\r\n${more}\r\n`
  const PATHS = [
    '/api/language',
    '/api/login/req_0/identifier',
    rp.endpoints.TOKEN,
    rp.endpoints.AUTHZ,
    rp.endpoints.USERINFO,
  ]

  test('10 MB in chunks from a page of somebody else: too large is what is said, and nothing is left over', async () => {
    const foreign = head('/api/language', 'Transfer-Encoding: chunked\r\n').replace(server.issuer, 'https://evil.test')
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    expect(await sendRaw(server, foreign + chunk.repeat(160))).toMatch(/^HTTP\/1\.1 413 /)
    expect(server.log()).not.toContain('unhandled rejection')
  })

  test('50 MB, announced and not', async () => {
    const before = memoryOf(server.pid)
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    for (const path of PATHS) {
      const announced = await sendRaw(server, head(path, `Content-Length: ${50 * MEGABYTE}\r\n`) + 'x'.repeat(MEGABYTE))
      expect(announced, path).toMatch(/^HTTP\/1\.1 4\d\d /)
      const chunked = await sendRaw(server, head(path, 'Transfer-Encoding: chunked\r\n') + chunk.repeat(160))
      expect(chunked, path).toMatch(/^HTTP\/1\.1 4\d\d /)
    }
    expect(memoryOf(server.pid) - before).toBeLessThan(50 * MEGABYTE)
  })

  test.each([
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 200\r\n', '{}'],
    ['a length that is none', 'Content-Length: 2x\r\n', '{}'],
    ['a negative length', 'Content-Length: -2\r\n', '{}'],
    ['chunks twice', 'Transfer-Encoding: chunked, chunked\r\n', '2\r\n{}\r\n0\r\n\r\n'],
    ['an unknown coding', 'Transfer-Encoding: xchunked\r\n', '{}'],
    ['a bad chunk', 'Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n0\r\n\r\n'],
    ['a compressed body', 'Content-Encoding: gzip\r\nContent-Length: 20\r\n', '\u001f\u008b'.padEnd(20, 'x')],
  ])('%s', async (_kind, headers, body) => {
    expect(await sendRaw(server, head('/api/language', headers) + body)).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('while a small one in chunks is read like any other', async () => {
    const body = ['{"language":"de",', '"entry":"login"}']
      .map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`)
      .join('')
    expect(await sendRaw(server, `${head('/api/language', 'Transfer-Encoding: chunked\r\n')}${body}0\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 200 /,
    )
  })

  test('a body longer than its length is not another request of somebody else', async () => {
    const smuggled = `GET /api/me HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`
    const answer = await sendRaw(server, `${head('/api/language', 'Content-Length: 2\r\n')}{}${smuggled}`)
    for (const line of answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)) expect(['400', '401']).toContain(line[1])
  })
})
