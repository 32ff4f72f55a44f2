import { describe, expect, test } from 'vitest'
import { json } from './harness/http.ts'
import { MAIL_SINK, messagesTo } from './harness/mail.ts'
import { expectRefused } from './harness/refusal.ts'
import { errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LINK, LOGIN, ME } from './paths.ts'

const world = await openWorld({ env: MAIL_SINK })
const { rp } = world

async function signedIn(name: string) {
  const browser = world.browser()
  await rp.obtainTokens(browser, 'clientConf', name)
  await browser.get('/account')
  return browser
}

/** The link of the mail about the deletion that this person plans. */
async function plansDeletion(name: string) {
  const browser = await signedIn(name)
  expect((await browser.call(ME.planDeletion(name))).status).toBe(200)
  const mails = await messagesTo(world.server, `${name}@a.test`, { atLeast: 2 })
  const [, token] =
    /\/undo-deletion#(\S+)/.exec(mails.find(({ kind }) => kind === 'deletion_planned')?.text ?? '') ?? []
  if (!token) throw new Error('no link in the mail')
  return { browser, token }
}
const deletionOf = async ({ browser }: { browser: Awaited<ReturnType<typeof signedIn>> }) =>
  json(await browser.call(ME.profile())).deletionAt

describe('N247 EMAIL - the link that keeps an account keeps that one', () => {
  test('pressed by mallory, who leaves too, it keeps the other, once', async () => {
    const [grace, mallory] = [await plansDeletion('grace'), await plansDeletion('mallory')]
    expect(await deletionOf(grace)).not.toBeNull()
    const presses = await Promise.all([1, 2, 3, 4].map(() => mallory.browser.call(LINK.undoDeletion(grace.token))))
    expect(presses.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await deletionOf(grace)).toBeNull()
    expect(await deletionOf(mallory)).not.toBeNull()
    // a link for one thing opens no other
    expectRefused(await mallory.browser.call(LINK.undoDeletion(grace.token)), 'code_invalid')
    expectRefused(await mallory.browser.call(LINK.notMe(mallory.token)), 'code_invalid')
    expect((await grace.browser.call(ME.profile())).status).toBe(200)
  })

  test('who leaves gets no code from anywhere', async () => {
    const { browser } = await plansDeletion('alice')
    expect(errorOf(await rp.silently(browser, 'clientConf'))).toBe('interaction_required')
    const request = await browser.open(rp.authorizePath('clientConf'))
    expectRefused(await browser.call(LOGIN.FINISH(request)), 'wrong_step')
    const stranger = world.browser()
    const other = await stranger.open(rp.authorizePath('clientConf'))
    expectRefused(await stranger.call(LOGIN.KEEP(other)), 'wrong_step')
  })
})

test('N234 MGR - the last who may do everything stays', async () => {
  const root = await signedIn('root')
  expectRefused(await root.call(ME.planDeletion('root')), 'last_owner')
  expect(await deletionOf({ browser: root })).toBeNull()
})

test('N230 MGR - nobody plans for somebody else, or a date of their own', async () => {
  const bob = await signedIn('bob')
  expectRefused(await bob.call(ME.planDeletion('eve')), 'invalid_input')
  for (const more of [{ user: 'usr_0' }, { deletionAt: 0 }, { days: 0 }]) {
    const call = ME.planDeletion('bob')
    expectRefused(await bob.call({ ...call, body: { loginName: 'bob', ...more } }), 'invalid_input')
  }
  expect(await deletionOf({ browser: bob })).toBeNull()
})
