import { expect, test } from 'vitest'
import { json } from './harness/http.ts'
import { expectRefused } from './harness/refusal.ts'
import { errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { ME } from './paths.ts'

const world = await openWorld()
const { rp } = world

/** A browser in which grace is signed in, with its tokens and the id of its session. */
async function signedIn() {
  const browser = world.browser()
  const tokens = await rp.obtainTokens(browser, 'clientConf', 'grace')
  await browser.get('/account')
  const sessions = json(await browser.call(ME.sessions())).sessions as { id: string; current: boolean }[]
  return { browser, tokens, session: sessions.find(({ current }) => current)!.id }
}

test('N121 SESS - a session ended in the list is over, and the others are not', async () => {
  const [here, there, third] = [await signedIn(), await signedIn(), await signedIn()]
  expect(json(await here.browser.call(ME.endSession(there.session)))).toEqual({ ended: 1 })

  expectRefused(await there.browser.call(ME.profile()), 'unauthenticated')
  expectRefused(await rp.refresh('clientConf', there.tokens.refresh_token), 'invalid_grant')
  expectRefused(await rp.userinfo(there.tokens.access_token), 'invalid_token')
  expect(errorOf(await rp.silently(there.browser, 'clientConf'))).toBe('login_required')
  for (const alive of [here, third]) {
    expect((await alive.browser.call(ME.profile())).status).toBe(200)
    tokensOf(await rp.refresh('clientConf', alive.tokens.refresh_token))
  }
  expect(json(await here.browser.call(ME.endSession('others')))).toEqual({ ended: 1 })
  expectRefused(await third.browser.call(ME.profile()), 'unauthenticated')
})
