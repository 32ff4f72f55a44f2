import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createWorld } from '../../testing/world.ts'
import { checkNewPassword } from './check-new-password.ts'

const KNOWN = 'nine tired otters'
const hashOf = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase()
const RANGE = [
  '0018A45C4D1DEF81644B54AB7F969B88D65:3',
  `${hashOf(KNOWN).slice(5)}:41`,
  `${hashOf('eleven spare ladders').slice(5)}:0`,
].join('\r\n')

/** A breach service that answers like this, and a person whose organization asks it. */
async function createBreached(answer: http.RequestListener, refuseBreached = true) {
  const asked: { url: string | undefined; padding: unknown }[] = []
  const service = http.createServer((request, response) => {
    asked.push({ url: request.url, padding: request.headers['add-padding'] })
    answer(request, response)
  })
  await new Promise<void>((ready) => service.listen(0, '127.0.0.1', () => ready()))
  onTestFinished(() => {
    service.closeAllConnections()
    service.close()
  })
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/range`
  const world = await createWorld({ env: { LOOPBACK_REQUESTS: 'on', BREACH_API_URL: url, LOG_LEVEL: 'warn' } })
  const userId = await world.addUser('bob')
  await world.setPolicy('password', { refuseBreached })
  return { ...world, asked, check: (password: string) => checkNewPassword(world.deps, { userId }, password) }
}

test('a password of a breach is refused; the service sees five characters of a hash', async () => {
  const { check, asked, logLines } = await createBreached((_, response) => response.end(RANGE))
  expect(await check(KNOWN)).toEqual(['breached'])
  expect(asked).toEqual([{ url: `/range/${hashOf(KNOWN).slice(0, 5)}`, padding: 'true' }])
  expect(await check('seven quiet lanterns')).toEqual([])
  expect(logLines).toEqual([])
})

test('padding is no breach', async () => {
  const { check } = await createBreached((_, response) => response.end(RANGE))
  expect(await check('eleven spare ladders')).toEqual([])
})

test('nobody is asked where the policy does not want it, or about what is refused anyway', async () => {
  const off = await createBreached((_, response) => response.end(RANGE), false)
  expect(await off.check(KNOWN)).toEqual([])
  const on = await createBreached((_, response) => response.end(RANGE))
  expect(await on.check('short')).toEqual(['too_short'])
  expect(await on.check('qwertyuiop123')).not.toContain('breached')
  expect([...off.asked, ...on.asked]).toEqual([])
})

test.each<[string, http.RequestListener]>([
  ['an error', (_, response) => response.writeHead(503).end()],
  ['a redirect', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['a page', (_, response) => response.end('<!doctype html><title>Hello</title>')],
  ['silence', () => {}],
  ['an answer without end', (_, response) => void response.write(`${'0'.repeat(35)}:1\n`.repeat(40_000))],
  ['a cut wire', (request) => request.socket.destroy()],
])('%s of the service keeps nobody from a new password', async (name, answer) => {
  const { check, logLines } = await createBreached(answer)
  const began = performance.now()
  expect(await check(KNOWN)).toEqual([])
  expect(performance.now() - began).toBeLessThan(4000)
  expect(logLines).toHaveLength(name === 'a page' ? 0 : 1)
  expect(logLines.join()).not.toContain(hashOf(KNOWN).slice(0, 5))
})
