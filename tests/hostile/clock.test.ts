import { expect, onTestFinished, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { passwordOf, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME } from './paths.ts'

const HOUR = 3_600

test('N291 FAULT - the clock jumps two hours ahead: what was for an hour is over, and nothing breaks', async () => {
  const policies = { login: { sessionIdleLifetime: HOUR } }
  const world = await openWorld({ configuration: withA({ policies }), closing: onTestFinished })
  const { rp } = world
  const browser = world.browser()
  const code = await rp.obtainCode(browser, 'clientConf', 'bob')
  await browser.get('/account')
  const waiting = world.browser()
  const request = await waiting.open(rp.authorizePath('clientConf'))
  await waiting.call(LOGIN.START(request, 'alice'))

  await letTimePass(world.rows, 2 * HOUR)
  expectRefused(await rp.redeem('clientConf', code), 'invalid_grant')
  expectRefused(await browser.call(ME.profile()), 'unauthenticated')
  expect(errorOf(await rp.silently(browser, 'clientConf'))).toBe('login_required')
  expectRefused(await waiting.call(LOGIN.PW(request, passwordOf('alice'))), 'request_expired')
  await rp.obtainTokens(world.browser(), 'clientConf', 'bob')
  expect(world.server.log()).not.toContain('unexpected failure')
})

test('N291 FAULT - the clock jumps back an hour: nothing that was used or ended works again', async () => {
  const world = await openWorld({ closing: onTestFinished })
  const { rp } = world
  const browser = world.browser()
  const spent = await rp.obtainCode(browser, 'clientConf', 'bob')
  const first = tokensOf(await rp.redeem('clientConf', spent))
  const second = tokensOf(await rp.refresh('clientConf', first.refresh_token))
  const ended = world.browser()
  await rp.obtainTokens(ended, 'clientConf', 'grace')
  await ended.get('/account')
  await ended.call(ME.signOut())
  const finished = world.browser()
  const request = await finished.open(rp.authorizePath('clientConf'))
  authorizationCode(await finished.signIn(request, 'alice', passwordOf('alice')))

  await letTimePass(world.rows, -HOUR)
  expectRefused(await ended.call(ME.profile()), 'unauthenticated')
  expect(errorOf(await rp.silently(ended, 'clientConf'))).toBe('login_required')
  expectRefused(await finished.call(LOGIN.FINISH(request)), 'request_finished')
  expectRefused(await rp.refresh('clientConf', first.refresh_token), 'invalid_grant')
  expectRefused(await rp.refresh('clientConf', second.refresh_token), 'invalid_grant')
  expectRefused(await rp.redeem('clientConf', spent), 'invalid_grant')

  // a check from the future proves nothing, and a new one does
  const again = await browser.open(rp.authorizePath('clientConf', { login_hint: 'bob', prompt: 'login' }))
  expect(stepOf(await browser.call(LOGIN.get(again)))).toBe('first_factor')
  authorizationCode(await browser.call(LOGIN.PW(again, passwordOf('bob'))))
  expect(world.server.log()).not.toContain('unexpected failure')
})
