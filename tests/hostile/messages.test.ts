import { describe, expect, onTestFinished, test } from 'vitest'
import { send } from './harness/http.ts'
import { MAIL_SINK, messagesOf, messagesTo, NOTHING_COMES } from './harness/mail.ts'
import { MAIN, startProgram } from './harness/program.ts'
import { createPlace, startServer } from './harness/server.ts'
import { openWorld } from './harness/world.ts'

describe('N300 OPS - messages are shown where somebody develops, and nowhere else', () => {
  test.each([
    [{ NODE_ENV: 'production', MAIL_URL: 'outbox:' }, 'MAIL_URL must not be outbox: here'],
    [{ NODE_ENV: 'production', SMS_URL: 'outbox:' }, 'SMS_URL must not be outbox: here'],
    [
      { ...MAIL_SINK, PUBLIC_URL: 'https://login.a.test', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2' },
      'MAIL_URL must not be',
    ],
  ])('%j is refused', async (env, sentence) => {
    const place = await createPlace(env)
    const { exited, news } = startProgram(MAIN, [], { cwd: place.folder, env: place.env })
    expect(await exited).toBe(2)
    expect(news()).toContain(sentence)
  })

  test('without MAIL_URL a production server starts, and says that no mail leaves', async () => {
    const server = await startServer(await createPlace())
    onTestFinished(() => void server.stop())
    await expect.poll(server.log).toContain('MAIL_URL is not set')
    expect((await send(server, { path: '/dev/outbox' })).status).toBe(404)
  })

  test('a server that shows its messages shows them to its own host only', async () => {
    const { server } = await openWorld({ env: MAIL_SINK, closing: onTestFinished })
    expect(await messagesOf(server)).toEqual([])
    expect(await messagesTo(server, 'bob@a.test', { within: NOTHING_COMES })).toEqual([])
    const foreign = await send(server, {
      path: '/dev/outbox',
      headers: { host: 'evil.test', accept: 'application/json' },
    })
    expect(foreign.status).toBeGreaterThanOrEqual(400)
  })
})

describe('N263 SSRF - where messages leave to is said by the operator, and is checked', () => {
  test.each([
    [
      { LOOPBACK_REQUESTS: 'on', PUBLIC_URL: 'https://login.a.test', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2' },
      'LOOPBACK_REQUESTS',
    ],
    [{ MAIL_URL: 'webhook+http://0123456789abcdef@hooks.a.test/' }, 'MAIL_URL must be'],
    [{ MAIL_URL: 'file:///etc/passwd' }, 'MAIL_URL must be'],
    [{ SMS_URL: 'gopher://x' }, 'SMS_URL must be'],
  ])('%j is refused', async (env, sentence) => {
    const place = await createPlace(env as Record<string, string>)
    const { exited, news } = startProgram(MAIN, [], { cwd: place.folder, env: place.env })
    expect(await exited).toBe(2)
    expect(news()).toContain(sentence)
  })
})
