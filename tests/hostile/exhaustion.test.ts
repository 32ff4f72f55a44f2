import { describe, expect, onTestFinished, test } from 'vitest'
import { newAddress } from './harness/browser.ts'
import { send } from './harness/http.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN } from './paths.ts'

const world = await openWorld()
const { rp, server } = world

describe('N283 DOS - no input makes a check slow', () => {
  const corpus = [
    `${'a'.repeat(20_000)}@`,
    `a@${'a.'.repeat(12_000)}`,
    `+${'0 '.repeat(12_000)}x`,
    '('.repeat(25_000),
    `${'a-'.repeat(12_000)}!`,
    `${'%'.repeat(25_000)}`,
    `${'é'.repeat(12_000)}@`,
    ' '.repeat(25_000),
    `https://${'a/'.repeat(12_000)}`,
    `${'en-'.repeat(8_000)}q`,
  ]

  /** The least the server needed for it, by its own clock, whatever else this machine does. */
  async function serverTime(ask: () => Promise<{ headers: Record<string, unknown> }>): Promise<number> {
    const ids: string[] = []
    for (let at = 0; at < 5; at++) ids.push(String((await ask()).headers['x-request-id']))
    await expect.poll(() => server.log()).toContain(ids.at(-1))
    const lines = server
      .log()
      .split('\n')
      .filter((line) => ids.some((id) => line.includes(id)))
    return Math.min(...lines.map((line) => (JSON.parse(line) as { ms: number }).ms))
  }

  test('names, addresses and links', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientConf'))
    for (const text of corpus)
      expect(await serverTime(() => browser.call(LOGIN.START(request, text))), text.slice(0, 20)).toBeLessThan(10)
    for (const text of corpus)
      expect(
        await serverTime(() => browser.call(LOGIN.START(request, text.slice(0, 254)))),
        text.slice(0, 20),
      ).toBeLessThan(10)
  })

  test('languages, browsers, cookies and forwarded addresses', async () => {
    for (const text of corpus) {
      const value = text.replace(/[^\x21-\x7e]/g, 'e').slice(0, 12_000)
      for (const name of [
        'accept-language',
        'user-agent',
        'cookie',
        'x-forwarded-for',
        'authorization',
        'origin',
        'content-type',
        'if-none-match',
      ])
        expect(
          await serverTime(() =>
            send(server, {
              path: name === 'authorization' ? rp.endpoints.USERINFO : '/setup',
              headers: { [name]: value },
            }),
          ),
          name,
        ).toBeLessThan(20)
    }
  }, 60_000)

  test('scopes, redirect addresses and claims', async () => {
    const browser = world.browser()
    for (const text of corpus)
      for (const name of [
        'scope',
        'redirect_uri',
        'claims',
        'ui_locales',
        'login_hint',
        'prompt',
        'id_token_hint',
        'acr_values',
      ])
        expect(
          await serverTime(() => browser.get(rp.authorizePath('clientConf', { [name]: text.slice(0, 1_500) }))),
          name,
        ).toBeLessThan(20)
  }, 60_000)
})

test('N284 DOS - one address begins only so many logins a minute, and others are served', async () => {
  const own = await openWorld({ closing: onTestFinished })
  const address = newAddress()
  const counted = { ok: 0, refused: 0 }
  const many = Array.from({ length: 40 }, async () => {
    for (let at = 0; at < 40; at++) {
      const answer = await send(own.server, {
        path: own.rp.authorizePath('clientConf'),
        headers: { 'x-forwarded-for': address },
      })
      if (answer.status === 302) counted.ok++
      else if (answer.status === 429) counted.refused++
    }
  })
  await Promise.all(many)
  expect(counted).toEqual({ ok: 1_200, refused: 400 })
  const rows = async (table: string) => Number((await own.rows(`select count(*) as n from ${table}`))[0]!.n)
  expect(await rows('auth_requests')).toBe(1_200)
  await own.rp.obtainCode(own.browser(), 'clientConf', 'bob')

  // a browser that comes back is one browser
  const browser = own.browser()
  await browser.open(own.rp.authorizePath('clientConf'))
  const devices = await rows('devices')
  for (let at = 0; at < 20; at++) await browser.open(own.rp.authorizePath('clientConf'))
  expect(await rows('devices')).toBe(devices)
}, 60_000)
