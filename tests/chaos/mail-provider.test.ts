import { describe, expect, onTestFinished, test } from 'vitest'
import { stepOf } from '../hostile/harness/browser.ts'
import { type Mood, startMailProvider } from '../hostile/harness/mail-provider.ts'
import { CONFIGURATION, person, withA } from '../hostile/harness/people.ts'
import { openWorld } from '../hostile/harness/world.ts'
import { LOGIN, REG, RESET, registrationForm } from '../hostile/paths.ts'

const NAMES = ['ann', 'ben', 'cat', 'dan', 'eli']
/** Milliseconds that somebody waits for a page, whatever the provider does. A busy machine is slow by itself. */
const SOON = 1_500
/** The first pause is five seconds, give or take a fifth. */
const AFTER_A_PAUSE = 12_000

async function openWith(mood: Mood) {
  const provider = await startMailProvider(mood)
  onTestFinished(() => provider.stop())
  const users = [...CONFIGURATION.organizations[0]!.users, ...NAMES.map((name) => person({ name }))]
  const world = await openWorld({ env: provider.env, configuration: withA({ users }), closing: onTestFinished })
  return { provider, world }
}
type Opened = Awaited<ReturnType<typeof openWith>>

/** Everybody forgets their passwords, and somebody registers: the longest that one of them waited. */
async function askForMails({ world }: Opened): Promise<number> {
  const waits = await Promise.all(
    [...NAMES, 'nobody'].map(async (name) => {
      const browser = world.browser()
      const request = await browser.open(world.rp.authorizePath('clientConf'))
      await browser.call(LOGIN.START(request, name))
      const begin = performance.now()
      expect(stepOf(await browser.call(RESET.START(request)))).toBe('reset_code')
      return performance.now() - begin
    }),
  )
  const browser = world.browser()
  const form = await browser.open(world.rp.authorizePath('clientConf', { prompt: 'create' }))
  const begin = performance.now()
  expect(stepOf(await browser.call(REG.START(form, registrationForm('nia'))))).toBe('verify_email')
  return Math.max(...waits, performance.now() - begin)
}

const RECIPIENTS = [...NAMES.map((name) => `${name}@a.test`), 'nia@new.test']

describe('R6 N293 what the mail provider does is nobody’s business who waits for a page', () => {
  test.each<[string, Mood]>([
    ['answers 503', { status: 503 }],
    ['answers 429', { status: 429 }],
    ['breaks off', 'hangs up'],
  ])('it %s, and then is well: each mail once', { timeout: 60_000 }, async (_what, mood) => {
    const opened = await openWith(mood)
    const { provider, world } = opened
    expect(await askForMails(opened)).toBeLessThan(SOON)
    await expect.poll(() => provider.tries, { timeout: 5_000 }).toBeGreaterThanOrEqual(RECIPIENTS.length)
    expect(provider.delivered).toEqual([])
    provider.mood = {}
    await expect
      .poll(() => provider.delivered.length, { timeout: AFTER_A_PAUSE })
      .toBeGreaterThanOrEqual(RECIPIENTS.length)
    expect(provider.delivered.map(({ to }) => to).toSorted()).toEqual(RECIPIENTS.toSorted())
    // what is for nobody is over before it begins
    const isLeft = `state <> 'sent' and recipient not like '%@nobody.invalid'`
    await expect.poll(() => world.rows(`select id from outbox_messages where ${isLeft}`)).toEqual([])
  })

  test('it is not there, and comes back', { timeout: 60_000 }, async () => {
    const opened = await openWith({})
    const { provider } = opened
    await provider.stop()
    expect(await askForMails(opened)).toBeLessThan(SOON)
    await provider.start()
    await expect
      .poll(() => provider.delivered.map(({ to }) => to).toSorted(), { timeout: AFTER_A_PAUSE })
      .toEqual(RECIPIENTS.toSorted())
  })

  test('it hangs, and who signs in meanwhile notices nothing', { timeout: 60_000 }, async () => {
    const opened = await openWith('hangs')
    const { world, provider } = opened
    expect(await askForMails(opened)).toBeLessThan(SOON)
    const begin = performance.now()
    await world.rp.obtainTokens(world.browser(), 'clientConf', 'bob')
    expect(performance.now() - begin).toBeLessThan(SOON)
    await expect.poll(() => provider.tries).toBeGreaterThan(0)
    // it leaves when it is asked to, and what hangs is sent by the next one
    const end = performance.now()
    await world.server.stop()
    expect(performance.now() - end).toBeLessThan(15_000)
    const left = await world.rows(`select state from outbox_messages where content is not null`)
    // with the one that says in which browser they signed in
    expect(left).toHaveLength(RECIPIENTS.length + 1)
  })

  test('it refuses: nobody tries again, and a manager can see it', { timeout: 60_000 }, async () => {
    const opened = await openWith({ status: 400 })
    const { world, provider } = opened
    expect(await askForMails(opened)).toBeLessThan(SOON)
    await expect
      .poll(() => world.rows(`select id from outbox_messages where state = 'dead'`), { timeout: 5_000 })
      .toHaveLength(RECIPIENTS.length)
    expect(provider.tries).toBe(RECIPIENTS.length)
  })

  test('it takes three seconds for each: nobody waits for them', { timeout: 60_000 }, async () => {
    const opened = await openWith({ delay: 3_000 })
    expect(await askForMails(opened)).toBeLessThan(SOON)
    await expect
      .poll(() => opened.provider.delivered.map(({ to }) => to).toSorted(), { timeout: 30_000 })
      .toEqual(RECIPIENTS.toSorted())
  })
})
