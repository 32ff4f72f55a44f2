import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { guess, guessOften } from '../testing/guesses.ts'
import { messagesOf } from '../testing/messages.ts'
import { authorizePath, codeOf } from '../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

const NOBODY = 'nobody@acme.test'
const WRONG = 'invalid_credentials'
const MINUTES = 60

async function lockedScene(name = BOB) {
  const scene = await createScene()
  await guessOften(scene, name, 10)
  return scene
}

/** What the screen is told after this name was typed. */
async function stepOf({ world }: Scene, identifier: string) {
  const browser = world.browser('198.51.100.5')
  const request = await browser.open(authorizePath('ledger'))
  return (await jsonOf(await browser.post(`/api/login/${request}/identifier`, { identifier }))).step
}

const eventsOf = async ({ events }: Scene, type: string) => (await events()).filter((event) => event.type === type)

describe.each([BOB, NOBODY])('%s', (name) => {
  test('N018 fails nine times, and the tenth failure locks for a quarter of an hour', async () => {
    const scene = await createScene()
    expect(await guessOften(scene, name, 11)).toEqual([
      ...Array(9).fill(WRONG),
      'too_many_attempts 900',
      'too_many_attempts 900',
    ])
  })

  test('waits between the guesses, from the fifth failure on, longer each time', async () => {
    const { browser, clock } = await createScene()
    const waits: number[] = []
    for (let failure = 1; failure < 10; failure++) {
      await guess(browser, name)
      const { retryAfter = 0 } = (await jsonOf(await guess(browser, name))) as { retryAfter?: number }
      // without a wait the second one counted
      if (retryAfter === 0) failure++
      waits.push(retryAfter)
      clock.advance(retryAfter)
    }
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16])
  })

  test('is locked everywhere, and the screen says for how long', async () => {
    const scene = await lockedScene(name)
    scene.clock.advance(3 * MINUTES)
    expect(await stepOf(scene, name)).toEqual({
      kind: 'first_factor',
      methods: ['passkey'],
      lockedFor: 12 * MINUTES,
      canReset: true,
    })
    const refused = await guess(scene.world.browser('198.51.100.5'), name, PASSWORD)
    expect(refused.headers.get('retry-after')).toBe(String(12 * MINUTES))
    await expectProblem(refused, 429, 'too_many_attempts')
  })

  test('is open again at the end, and locked twice as long the next time', async () => {
    const scene = await lockedScene(name)
    scene.clock.advance(900)
    expect(await stepOf(scene, name)).toMatchObject({ methods: ['passkey', 'password'], lockedFor: null })
    expect((await guessOften(scene, name, 10)).at(-1)).toBe('too_many_attempts 1800')
    scene.clock.advance(1_800)
    expect((await guessOften(scene, name, 10)).at(-1)).toBe('too_many_attempts 3600')
  })

  test('is forgiven after a week without a failure', async () => {
    const scene = await createScene()
    await guessOften(scene, name, 9)
    scene.clock.advance(7 * 86_400)
    expect((await guessOften(scene, name, 10)).at(-1)).toBe('too_many_attempts 900')
  })

  test('can be locked by the first failure', async () => {
    const scene = await createScene()
    await scene.setPolicy('lockout', { maxFailures: 1, firstLock: 60 })
    expect(await guessOften(scene, name, 1)).toEqual(['too_many_attempts 60'])
    expect(await stepOf(scene, name)).toMatchObject({ lockedFor: 60 })
  })

  test('is locked when the policy says so, and not before', async () => {
    const scene = await createScene()
    await scene.setPolicy('lockout', { maxFailures: 20 })
    const answers = await guessOften(scene, name, 20)
    expect(answers.slice(0, 19)).toEqual(Array(19).fill(WRONG))
    expect(answers[19]).toBe('too_many_attempts 900')
  })

  test('is never locked where the policy says 0, and waits all the same', async () => {
    const scene = await createScene()
    await scene.setPolicy('lockout', { maxFailures: 0 })
    const begin = scene.clock.now()
    expect(await guessOften(scene, name, 40)).toEqual(Array(40).fill(WRONG))
    expect(scene.clock.now() - begin).toBeGreaterThan(900_000)
    expect(await stepOf(scene, name)).toMatchObject({ lockedFor: null })
  })
})

test('no lock is longer than the policy says', async () => {
  const scene = await createScene()
  await scene.setPolicy('lockout', { ...defaultPolicy('lockout'), maxFailures: 1, growth: 10, longestLock: 3_600 })
  for (const length of [900, 3_600, 3_600]) {
    expect(await guessOften(scene, BOB, 1)).toEqual([`too_many_attempts ${length}`])
    scene.clock.advance(length)
  }
})

test('N049 every name of one person counts as one, whatever its spelling', async () => {
  const scene = await createScene({ user: { phone: '+4930123456' } })
  await scene.setPolicy('lockout', { maxFailures: 5 })
  const { browser, world, clock } = scene
  for (const name of ['bob', 'BOB ', BOB, ' Bob@Acme.Test']) await guess(browser, name)
  await expectProblem(await guess(world.browser('198.51.100.5'), '+49 (30) 123456'), 429, 'too_many_attempts')
  await expectProblem(await guess(browser, '004930123456'.replace('00', '+'), PASSWORD), 429, 'too_many_attempts')
  clock.advance(900)
  expect((await guess(browser, '+4930123456', PASSWORD)).status).toBe(200)
})

test('spellings of a name nobody has count as one too', async () => {
  const { browser } = await createScene()
  for (const name of ['+4930 123456', '+49 30 12 34 56', '+49(30)123456', '+4930123456', '+49-30-123456'])
    await guess(browser, name)
  await expectProblem(await guess(browser, '+4930123456'), 429, 'too_many_attempts')
})

test('who gets in has all tries again, and no lock is left behind', async () => {
  const scene = await createScene()
  await guessOften(scene, BOB, 9)
  scene.clock.advance(30)
  expect((await guess(scene.browser, BOB, PASSWORD)).status).toBe(200)
  const { loginFailures } = scene.deps.db.tables
  expect(await scene.deps.db.query.select().from(loginFailures)).toEqual([])
  expect((await guessOften({ ...scene, browser: scene.world.browser() }, BOB, 10)).at(-1)).toBe('too_many_attempts 900')
})

test('N054 whoever is signed in notices nothing of the lock', async () => {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const tokens = await scene.tokens({ scope: 'openid offline_access' })
  await scene.browser.get('/account')
  await guessOften({ ...scene, browser: scene.world.browser('198.51.100.5') }, BOB, 10)
  expect(await stepOf(scene, BOB)).toMatchObject({ lockedFor: 900 })

  expect(codeOf(new URL((await scene.authorize()).headers.get('location')!))).toBeTruthy()
  expect((await scene.browser.get('/api/me')).status).toBe(200)
  expect((await scene.userinfo(tokens)).status).toBe(200)
  expect((await scene.refresh(tokens)).status).toBe(200)
})

test('the lock of an account that was picked is shown as well', async () => {
  const scene = await createScene()
  await scene.signIn()
  const { browser } = scene
  await guessOften({ ...scene, browser: scene.world.browser('198.51.100.5') }, BOB, 10)
  const request = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  expect((await browser.step(request)).step).toEqual({
    kind: 'first_factor',
    methods: ['passkey'],
    lockedFor: 900,
    canReset: true,
  })
  await expectProblem(
    await browser.post(`/api/login/${request}/password`, { password: PASSWORD }),
    429,
    'too_many_attempts',
  )
})

test('N054 the owner is told once a lock, in a mail', async () => {
  const scene = await lockedScene()
  for (let at = 0; at < 90; at++) await guess(scene.browser, BOB)
  expect(await messagesOf(scene)).toMatchObject([
    { kind: 'account_locked', recipient: BOB, userId: scene.userId, organizationId: scene.acme, language: 'en' },
  ])
  expect(await eventsOf(scene, 'user.locked_for_failures')).toMatchObject([
    {
      target: scene.userId,
      organizationId: scene.acme,
      data: { until: scene.clock.now() + 900_000, failures: 10, locks: 1 },
    },
  ])
  scene.clock.advance(900)
  await guessOften(scene, BOB, 10)
  expect(await messagesOf(scene)).toHaveLength(2)
})

test('nobody is told of a name that nobody has, and what happened is written down', async () => {
  const scene = await lockedScene(NOBODY)
  expect(await messagesOf(scene)).toEqual([])
  expect(await eventsOf(scene, 'user.locked_for_failures')).toMatchObject([
    { target: null, organizationId: 'instance' },
  ])
})

test.each([
  { user: { emailVerified: false }, why: 'has confirmed no address' },
  { user: { email: null }, why: 'has no address' },
])('nothing is sent to somebody who $why', async ({ user }) => {
  const scene = await createScene({ user })
  await guessOften(scene, 'bob', 10)
  expect(await eventsOf(scene, 'user.locked_for_failures')).toHaveLength(1)
  expect(await messagesOf(scene)).toEqual([])
})

test('N056 a sign-in after many failures is marked, and its owner is told', async () => {
  const scene = await createScene()
  await guessOften(scene, BOB, 5)
  scene.clock.advance(1)
  await guess(scene.browser, BOB, PASSWORD)
  expect(await eventsOf(scene, 'user.signed_in')).toMatchObject([{ data: { factor: 'password', failures: 5 } }])
  expect(await messagesOf(scene)).toMatchObject([{ kind: 'login_after_failures', recipient: BOB }])
})

test('one after four failures is everyday', async () => {
  const scene = await createScene()
  await guessOften(scene, BOB, 4)
  await guess(scene.browser, BOB, PASSWORD)
  expect(await messagesOf(scene)).toEqual([])
})

test('failures before a lock count as well', async () => {
  const scene = await lockedScene()
  scene.clock.advance(900)
  await guess(scene.browser, BOB, PASSWORD)
  expect(await eventsOf(scene, 'user.signed_in')).toMatchObject([{ data: { failures: 10 } }])
})

test('N056 very many accounts that fail are told to the owners of the instance, once in a quarter of an hour', async () => {
  const scene = await createScene({ env: { ANOMALY_ACCOUNTS: '10' } })
  const { world, userId, clock } = scene
  await world.grant(userId, 'instance_owner')
  const stuff = async (from: number, to: number) => {
    for (let at = from; at < to; at++) await guess(world.browser(`198.51.100.${at}`), `person${at}@acme.test`)
  }
  await stuff(0, 9)
  // the same names again are no others
  await stuff(0, 3)
  expect(await eventsOf(scene, 'anomaly.noticed')).toEqual([])
  await stuff(9, 30)
  expect(await eventsOf(scene, 'anomaly.noticed')).toMatchObject([
    { organizationId: 'instance', target: null, data: { failingAccounts: 10, seconds: 900 } },
  ])
  expect(await messagesOf(scene)).toMatchObject([{ kind: 'anomaly', recipient: BOB }])
  clock.advance(900)
  await stuff(30, 50)
  expect(await messagesOf(scene)).toHaveLength(2)
})

test('a guess that the server had no time to compare is none', async () => {
  const scene = await createScene()
  await scene.setPolicy('lockout', { maxFailures: 1 })
  const { passwords } = scene.deps
  const verify = passwords.verify
  scene.deps.passwords.verify = async () => {
    const { Unavailable } = await import('../domain/unavailable.ts')
    throw new Unavailable('too many hashes are waiting')
  }
  expect((await guess(scene.browser, BOB, PASSWORD)).status).toBe(503)
  scene.deps.passwords.verify = verify
  expect((await guess(scene.browser, BOB, PASSWORD)).status).toBe(200)
})
