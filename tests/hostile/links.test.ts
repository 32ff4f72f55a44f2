import { describe, expect, test } from 'vitest'
import { stepOf } from './harness/browser.ts'
import { codeOf, send } from './harness/http.ts'
import { MAIL_SINK, messagesTo } from './harness/mail.ts'
import { passwordOf } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LINK, LOGIN, ME } from './paths.ts'

const world = await openWorld({ env: MAIL_SINK })
const { rp } = world
const NEW_PASSWORD = 'canary lighthouse keeper 42'

async function signedIn(name: string) {
  const browser = world.browser()
  await rp.obtainTokens(browser, 'clientConf', name)
  await browser.get('/account')
  return browser
}

/** The link of the notice that this person gets when they say in their account that something was not them. */
async function noticeOf(name: string): Promise<string> {
  const kind = 'intrusion_reported'
  const before = (await messagesTo(world.server, `${name}@a.test`, { kind, atLeast: 0 })).length
  expect((await (await signedIn(name)).call(ME.notMe())).status).toBe(200)
  const [notice] = await messagesTo(world.server, `${name}@a.test`, { kind, atLeast: before + 1 })
  const [, token] = /\/not-me#(\S+)/.exec(notice?.text ?? '') ?? []
  if (!token) throw new Error(`no link in ${notice?.text}`)
  return token
}

const everythingSent = () =>
  expect.poll(() => world.rows(`select id from outbox_messages where state <> 'sent'`)).toEqual([])

const isSignedIn = async (browser: Awaited<ReturnType<typeof signedIn>>) =>
  (await browser.call(ME.profile())).status === 200

describe('N247 EMAIL - the link of bob does what it does to bob, whoever opens it', () => {
  test('mallory, signed in, presses it: nothing happens to mallory, and she is nobody else', async () => {
    const token = await noticeOf('bob')
    const bob = world.browser()
    const pending = await bob.open(rp.authorizePath('clientConf'))
    expect(stepOf(await bob.signIn(pending, 'bob', passwordOf('bob')))).toBe('change_password')
    await bob.call(LOGIN.CHANGE_PW(pending, NEW_PASSWORD))
    await bob.get('/account')
    expect(await isSignedIn(bob)).toBe(true)
    const mallory = await signedIn('mallory')
    expect((await mallory.call(LINK.notMe(token))).status).toBe(200)
    expect(await isSignedIn(bob)).toBe(false)
    expect(await isSignedIn(mallory)).toBe(true)
    expect(errorOf(await rp.silently(mallory, 'clientConf', { login_hint: 'bob' }))).toBe('login_required')
    // the password of bob is gone, hers is not
    const again = world.browser()
    const request = await again.open(rp.authorizePath('clientConf'))
    expectRefused(await again.signIn(request, 'bob', NEW_PASSWORD), 'invalid_credentials')
    await rp.obtainTokens(world.browser(), 'clientConf', 'mallory')
  })

  test('pressed a second time it does nothing', async () => {
    const token = await noticeOf('alice')
    expect((await world.browser().call(LINK.notMe(token))).status).toBe(200)
    await everythingSent()
    await expectUnchanged(world, async () =>
      expectRefused(await world.browser().call(LINK.notMe(token)), 'code_invalid'),
    )
  })
})

test('N043 CODE - of twenty presses at once one counts, and one notice is written', async () => {
  const token = await noticeOf('eve')
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.browser().call(LINK.notMe(token))))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const answer of answers) if (answer.status !== 200) expect(codeOf(answer)).toBe('code_invalid')
  const notices = await world.rows(
    `select id from outbox_messages where recipient = 'eve@a.test' and kind <> 'new_device'`,
  )
  expect(notices).toHaveLength(2)
})

test('N038 RESET - looking at a link, however often, uses nothing up and says nothing of anybody', async () => {
  const token = await noticeOf('grace')
  const bodies = new Set<string>()
  for (const method of ['GET', 'HEAD', 'GET'] as const) {
    const answer = await send(world.server, { method, path: '/not-me' })
    expect(answer.status).toBe(200)
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    bodies.add(answer.body.includes('grace') ? 'names her' : 'names nobody')
  }
  expect([...bodies]).toEqual(['names nobody'])
  expect((await world.browser().call(LINK.notMe(token))).status).toBe(200)
})

test('N110 SESS - nothing of a session opens the link of somebody', async () => {
  const mallory = await signedIn('mallory')
  const [{ token_hash: stored } = {}] = await world.rows(
    `select token_hash from one_time_links where purpose = 'not_me' limit 1`,
  )
  await expectUnchanged(world, async () => {
    for (const token of [String(stored), `vl_${stored}`, `vl_${'A'.repeat(43)}`, mallory.jar.get('__Host-vestibule')!])
      expectRefused(await mallory.call(LINK.notMe(token)), 'code_invalid')
  })
})

test('N058 LOCK - tries of links from one address end, and the sign-in stays open', async () => {
  const browser = world.browser()
  const statuses: number[] = []
  for (let nth = 0; nth < 21; nth++) statuses.push((await browser.call(LINK.notMe(`vl_${'A'.repeat(43)}`))).status)
  expect(statuses.indexOf(429)).toBe(20)
  expect((await browser.call(LOGIN.START('req_0', 'bob'))).status).toBe(404)
})
