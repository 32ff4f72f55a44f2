import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Environment, MAIN, runProgram } from './harness/program.ts'
import { expectRefused } from './harness/refusal.ts'
import { createPlace, startServer } from './harness/server.ts'
import { openPlace, openWorld } from './harness/world.ts'
import { SETUP } from './paths.ts'

describe('N298 OPS - the first start', () => {
  const bad: [string, Environment][] = [
    ['a short master key', { MASTER_KEY: 'short' }],
    ['a master key of one letter', { MASTER_KEY: 'a'.repeat(64) }],
    ['a master key of zeros', { MASTER_KEY: '0'.repeat(64) }],
    ['a master key from a manual', { MASTER_KEY: 'change-me-change-me-change-me-change-me-1' }],
    ['http for the public', { PUBLIC_URL: 'http://login.test' }],
    ['a path in the address', { PUBLIC_URL: 'https://login.test/path' }],
    ['a user in the address', { PUBLIC_URL: 'https://user:pw@login.test' }],
    ['another scheme', { PUBLIC_URL: 'javascript:alert(1)' }],
    ['cheap hashes for the public', { PUBLIC_URL: 'https://login.test', ARGON2_MEMORY_KIB: '8', ARGON2_PASSES: '1' }],
    [
      'the demo for the public',
      { PUBLIC_URL: 'https://login.test', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', DEMO: 'on' },
    ],
    ['no port', { PORT: 'x' }],
    ['too many hops', { TRUSTED_PROXY_HOPS: '11' }],
    ['a short token for the figures', { METRICS_TOKEN: 'short' }],
    ['another database', { DATABASE_URL: 'mysql://x' }],
  ]
  test.each(bad)('refuses %s, in a sentence', async (_kind, env) => {
    const { folder, env: good } = await createPlace()
    const { code, news, log } = await runProgram(MAIN, [], { cwd: folder, env: { ...good, ...env } })
    expect(code).not.toBe(0)
    expect(news).toMatch(/[A-Z][A-Z0-9_]+[^\n]* (must|needs|is|are|has) /)
    expect(news + log).not.toMatch(/\n {4}at /)
    expect(news + log).not.toContain(env.MASTER_KEY ?? 'never said')
  })

  test('closes the files it makes, and those it finds open', async () => {
    const place = await createPlace()
    const data = place.env.DATA_DIR!
    mkdirSync(data, { mode: 0o777 })
    writeFileSync(
      join(data, 'master.key'),
      `${Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString('base64url')}\n`,
    )
    chmodSync(join(data, 'master.key'), 0o666)
    const server = await startServer(place)
    onTestFinished(async () => void (await server.stop()))
    for (const name of ['master.key', 'vestibule.db', 'vestibule.db-wal', 'vestibule.db-shm'])
      expect(statSync(join(data, name)).mode & 0o077, name).toBe(0)
  })

  test('has no manager with a password: a link, shown once, sets it, once', async () => {
    const place = await createPlace()
    const world = await openPlace(place)
    onTestFinished(world.close)
    const tokens = [...world.server.news().matchAll(/#(vl_[\w-]{43})/g)].map(([, token]) => token!)
    expect(tokens).toHaveLength(1)
    expect(world.server.log()).not.toContain(tokens[0])
    for (const password of ['admin', 'password', 'vestibule', 'Password1!', '']) {
      const browser = world.browser()
      const request = await browser.open('/account')
      expectRefused(await browser.signIn(request, 'admin', password), 'invalid_credentials', 'invalid_input')
    }
    for (const token of [`vl_${'A'.repeat(43)}`, tokens[0]!.slice(0, -1), `${tokens[0]}A`, ''])
      expectRefused(
        await world.browser().call(SETUP.set(token, 'a password that is long')),
        'code_invalid',
        'invalid_input',
      )
    for (const weak of ['short', '', 'elevenchars', 'x'.repeat(129)])
      expectRefused(await world.browser().call(SETUP.set(tokens[0]!, weak)), 'invalid_input')

    // a second start makes a new link and the old one dead
    await world.server.stop()
    const again = await openPlace(place)
    onTestFinished(again.close)
    const [, fresh] = /#(vl_[\w-]{43})/.exec(again.server.news())!
    expectRefused(await again.browser().call(SETUP.set(tokens[0]!, 'a password that is long')), 'code_invalid')
    expect((await again.browser().call(SETUP.set(fresh!, 'a password that is long'))).status).toBe(200)
    expectRefused(await again.browser().call(SETUP.set(fresh!, 'another password')), 'code_invalid')

    const third = again.browser()
    const request = await third.open('/account')
    expect((await third.signIn(request, 'admin', 'a password that is long')).status).toBe(200)
    await again.server.stop()
    const last = await openPlace(place)
    onTestFinished(last.close)
    expect(last.server.news()).not.toContain('vl_')
  }, 60_000)

  test('guessing the link comes to an end', async () => {
    const world = await openWorld({ closing: onTestFinished })
    const guesser = world.browser()
    const statuses: number[] = []
    for (let at = 0; at < 65; at++)
      statuses.push(
        (await guesser.call(SETUP.set(`vl_${String(at).padStart(43, 'A')}`, 'a password that is long'))).status,
      )
    expect(statuses).toEqual([...Array(60).fill(400), ...Array(5).fill(429)])
  })
})
