import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { redirectOf } from './harness/browser.ts'
import { type Answer, send } from './harness/http.ts'
import { tokensOf } from './harness/relying-party.ts'
import { isReady } from './harness/server.ts'
import { openWorld } from './harness/world.ts'

/** The status of an answer, or the error that a redirect takes to the application. */
const outcomeOf = (answer: Answer) => redirectOf(answer).searchParams.get('error') ?? answer.status

/** The largest file that the server may write, in bytes: what a full disk looks like to it, and it takes no rights to do. */
const limitFiles = (pid: number, bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])

describe.runIf(process.platform === 'linux')('N289 FAULT - nothing can be written', () => {
  test('503 and never 500, what only reads goes on, and it heals by itself', { timeout: 60_000 }, async () => {
    const world = await openWorld({ closing: onTestFinished })
    const { server, rp } = world
    const browser = world.browser()
    const tokens = await rp.obtainTokens(browser, 'clientConf', 'bob')
    const code = await rp.obtainCode(world.browser(), 'clientConf', 'bob')
    await rp.redeem('clientConf', code)
    const statuses = new Map<string, Set<number | string>>()
    const note = (what: string, status: number | string) =>
      statuses.set(what, (statuses.get(what) ?? new Set()).add(status))
    const issued: string[] = []
    const end = performance.now() + 5_000
    const load = Array.from({ length: 8 }, async () => {
      while (performance.now() < end) {
        note('authorize', outcomeOf(await world.browser().get(rp.authorizePath('clientConf'))))
        // from another address each time: one alone begins only so many logins
        const silent = await rp.silently(browser.copy(), 'clientConf')
        note('silent', outcomeOf(silent))
        const issuedCode = redirectOf(silent).searchParams.get('code')
        if (issuedCode) issued.push(issuedCode)
        const account = await world.browser().get('/account')
        note('account', account.status)
        if (account.status === 503) expect(Number(account.headers['retry-after'])).toBeGreaterThan(0)
        note('token', (await rp.redeem('clientConf', code)).status)
        note('ready', (await send(server, { path: '/readyz' })).status)
        note('userinfo', (await rp.userinfo(tokens.access_token)).status)
        note('keys', (await send(server, { path: world.endpoints.JWKS })).status)
        await sleep(5)
      }
    })
    await sleep(500)
    limitFiles(server.pid, 4_096)
    await sleep(3_000)
    limitFiles(server.pid, 'unlimited')
    await Promise.all(load)

    expect(statuses.get('authorize')).toEqual(new Set([302, 'temporarily_unavailable']))
    expect(statuses.get('silent')).toEqual(new Set([302, 'temporarily_unavailable']))
    expect(statuses.get('account')).toEqual(new Set([302, 503]))
    expect(statuses.get('token')).not.toContain(500)
    expect(statuses.get('ready')).toEqual(new Set([200, 503]))
    expect(statuses.get('userinfo')).toEqual(new Set([200]))
    expect(statuses.get('keys')).toEqual(new Set([200]))
    expect(await isReady(server, 10_000)).toBeLessThan(10_000)
    // a code that was acknowledged is there, and a used one is still used
    tokensOf(await rp.redeem('clientConf', issued.at(-1)!))
    expect((await rp.redeem('clientConf', code)).status).toBe(400)
    expect(await world.rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })
})
