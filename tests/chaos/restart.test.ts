import { expect, onTestFinished, test } from 'vitest'
import { type Browser, stepOf } from '../hostile/harness/browser.ts'
import { codeOf } from '../hostile/harness/http.ts'
import { passwordOf, withA } from '../hostile/harness/people.ts'
import { authorizationCode, tokensOf } from '../hostile/harness/relying-party.ts'
import { openPlace, openWorld } from '../hostile/harness/world.ts'
import { LOGIN, ME } from '../hostile/paths.ts'
import { isLong } from './seed.ts'

const BROWSERS = isLong ? 200 : 40

test.each(['stopped', 'killed'])(
  'R10 a server that was %s and started again remembers everything',
  { timeout: 90_000 },
  async (how) => {
    const configuration = withA({ policies: { lockout: { maxFailures: 5 } } })
    const before = await openWorld({ closing: () => undefined, configuration })
    const { rp, place, server } = before

    const browsers: Browser[] = []
    while (browsers.length < BROWSERS) {
      const browser = before.browser()
      // one after the other: so many at once would look like guessing
      await rp.obtainCode(browser, 'clientConf', 'bob')
      await browser.get('/account')
      browsers.push(browser)
    }
    const first = await rp.obtainTokens(before.browser(), 'clientConf', 'alice')
    const second = tokensOf(await rp.refresh('clientConf', first.refresh_token))
    const kept = await rp.obtainTokens(before.browser(), 'clientConf', 'alice')
    const code = await rp.obtainCode(before.browser(), 'clientConf', 'alice')
    const spent = await rp.obtainCode(before.browser(), 'clientConf', 'alice')
    const spentTokens = tokensOf(await rp.redeem('clientConf', spent))
    const signedOut = before.browser()
    await rp.obtainCode(signedOut, 'clientConf', 'alice')
    await signedOut.get('/account')
    await signedOut.call(ME.signOut())
    const pending = before.browser()
    const request = await pending.open(rp.authorizePath('clientAsking', { state: 'kept' }))
    await pending.call(LOGIN.START(request, 'alice'))
    const guesser = before.browser()
    const guessing = await guesser.open(rp.authorizePath('clientConf'))
    await guesser.call(LOGIN.START(guessing, 'bob'))
    for (let at = 0; at < 5; at++) await guesser.call(LOGIN.PW(guessing, 'wrong'))

    if (how === 'stopped') expect(await server.stop()).toBe(0)
    else await server.kill()
    const after = await openPlace(place)
    onTestFinished(after.close)

    const alive = await Promise.all(browsers.map(async (browser) => (await browser.call(ME.profile())).status))
    expect(alive.filter((status) => status === 200)).toHaveLength(BROWSERS)
    expect((await signedOut.call(ME.profile())).status).toBe(401)
    expect(stepOf(await pending.call(LOGIN.get(request)))).toBe('first_factor')
    expect(stepOf(await pending.call(LOGIN.PW(request, passwordOf('alice'))))).toBe('consent')
    authorizationCode(await pending.call(LOGIN.CONSENT(request, true)))
    tokensOf(await rp.redeem('clientConf', code))
    tokensOf(await rp.refresh('clientConf', kept.refresh_token))
    expect(codeOf(await rp.redeem('clientConf', spent))).toBe('invalid_grant')
    expect((await rp.userinfo(spentTokens.access_token)).status).toBe(401)
    expect(codeOf(await rp.refresh('clientConf', first.refresh_token))).toBe('invalid_grant')
    expect(codeOf(await rp.refresh('clientConf', second.refresh_token))).toBe('invalid_grant')
    expect(codeOf(await guesser.call(LOGIN.PW(guessing, passwordOf('bob'))))).toBe('too_many_attempts')
  },
)
