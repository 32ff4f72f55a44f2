import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { OwnTrustedDevices } from '@vestibule/shared/contract/own-trusted-devices.ts'
import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { type Browser, redirectOf } from '../testing/browser.ts'
import { lastCode } from '../testing/contacts.ts'
import { addTotp, codeByMail, openSecond, totpCode } from '../testing/factors.ts'
import { guess, guessOften } from '../testing/guesses.ts'
import { mailsOf } from '../testing/registration.ts'
import { authorizePath, redeem } from '../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { enrollKey, newKey, useKey } from '../testing/security-keys.ts'
import { verifyJwt } from '../testing/tokens.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'
import { setPassword } from '../use-cases/password/set-password.ts'

const DAY = 86_400
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
const HANDLE = 'vestibule'
const TRUST = 'vestibule-trust'

/** Bob has an authenticator app, and browsers may be trusted for thirty days. */
async function trustingScene() {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  await scene.setPolicy('login', { trustedDeviceLifetime: 30 * DAY })
  return scene
}

const trust = (browser: Browser, request: string, code: string) =>
  browser.post(`/api/login/${request}/totp`, { code, trustDevice: true }, { 'user-agent': AGENT })

/** Bob checks "don't ask again on this device". */
async function trustedScene() {
  const scene = await trustingScene()
  const done = await jsonOf(await trust(scene.browser, await openSecond(scene.browser), totpCode(scene)))
  expect(done).toMatchObject({ step: { kind: 'redirect' } })
  return scene
}

/** A login in which nobody is named, in a browser where nobody is signed in any more. */
async function openSignedOut(browser: Browser): Promise<string> {
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/sign-out`, { session: 'all' })
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  return request
}

/** Where name and password lead then. */
const stepAfterPassword = async (browser: Browser, name = BOB) =>
  browser.signIn(await openSignedOut(browser), name, PASSWORD)

/** Whether the password alone opens the account in this browser, a day after the last second proof. */
async function isTrusted({ browser, clock }: Scene, in_ = browser): Promise<boolean> {
  clock.advance(DAY)
  const { step } = await stepAfterPassword(in_)
  if (step.kind !== 'redirect' && step.kind !== 'second_factor') throw new Error(`not there, but ${step.kind}`)
  return step.kind === 'redirect'
}

test('the password alone opens the account there, and the tokens say no more than that', async () => {
  const scene = await trustedScene()
  scene.clock.advance(DAY)
  const answer = await stepAfterPassword(scene.browser)
  const { id_token } = await jsonOf(await redeem(scene.world, 'ledger', redirectOf(answer).searchParams.get('code')!))
  const { claims } = await verifyJwt(scene, id_token as string)
  expect(claims).toMatchObject({ acr: 'aal1', amr: ['pwd'], auth_time: scene.clock.now() / 1000 })
})

test('nobody is spared who did not ask for it', async () => {
  const scene = await trustingScene()
  const request = await openSecond(scene.browser)
  expect((await scene.browser.step(request)).step).toMatchObject({ trustFor: 30 * DAY })
  await scene.browser.post(`/api/login/${request}/totp`, { code: totpCode(scene) })
  expect(await isTrusted(scene)).toBe(false)
})

test('where the policy lets nobody trust, asking for it is refused, and the code is not used up', async () => {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  const request = await openSecond(scene.browser)
  expect((await scene.browser.step(request)).step).toMatchObject({ trustFor: 0 })
  await expectProblem(await trust(scene.browser, request, totpCode(scene)), 409, 'wrong_step')
  expect(scene.browser.jar.has(TRUST)).toBe(false)
  expect((await scene.browser.post(`/api/login/${request}/totp`, { code: totpCode(scene) })).status).toBe(200)
})

test.each<[string, Record<string, string>]>([
  ['two factors', { acr_values: 'aal2' }],
  ['a proof of now', { prompt: 'login' }],
  ['a proof that is not older', { max_age: '3600' }],
])('whoever asks for %s gets it there too, and no trust is given beside it', async (_what, wish) => {
  const scene = await trustedScene()
  scene.clock.advance(11 * DAY)
  const request = await openSecond(scene.browser, wish)
  expect((await scene.browser.step(request)).step).toMatchObject({ kind: 'second_factor', trustFor: 0 })
  await expectProblem(await trust(scene.browser, request, totpCode(scene)), 409, 'wrong_step')
})

test('trust is given with a right code alone: not with a wrong one, not before, not with a recovery code', async () => {
  const scene = await trustingScene()
  const { browser } = scene
  const early = await browser.open(authorizePath('ledger'))
  await expectProblem(await trust(browser, early, totpCode(scene)), 409, 'wrong_step')
  await browser.post(`/api/login/${early}/identifier`, { identifier: BOB })
  await expectProblem(await trust(browser, early, totpCode(scene)), 409, 'wrong_step')
  const more = { password: PASSWORD, trustDevice: true }
  await expectProblem(await browser.post(`/api/login/${early}/password`, more), 400, 'invalid_input')
  await browser.post(`/api/login/${early}/password`, { password: PASSWORD })
  await expectProblem(await trust(browser, early, '000000'), 400, 'code_wrong')
  const recovery = { code: 'AAAA-AAAA-AA', trustDevice: true }
  await expectProblem(await browser.post(`/api/login/${early}/recovery-code`, recovery), 400, 'invalid_input')
  expect(browser.jar.has(TRUST)).toBe(false)
  expect(await isTrusted(scene)).toBe(false)
})

test('a code by mail is a reason to trust, too', async () => {
  const scene = await createScene()
  await scene.setPolicy('login', { trustedDeviceLifetime: 30 * DAY })
  const { db, repositories } = scene.deps
  const row = { id: 'crd_1' as never, userId: scene.userId, type: 'email_code', secret: '', now: 0 } as const
  await db.transaction((tx) => repositories.credentials.addOnce(tx, row))
  const request = await openSecond(scene.browser)
  const code = await codeByMail(scene, scene.browser, request)
  const body = { method: 'email_code', code, trustDevice: true }
  expect((await scene.browser.post(`/api/login/${request}/second-code`, body)).status).toBe(200)
  expect(await isTrusted(scene)).toBe(true)
})

test('so is a security key', async () => {
  const scene = await createScene()
  await scene.setPolicy('login', { trustedDeviceLifetime: 30 * DAY })
  const key = newKey()
  await enrollKey(scene.browser, await openSecond(scene.browser, { acr_values: 'aal2' }), key)
  scene.browser.jar.clear()
  const request = await openSecond(scene.browser)
  const { response } = await useKey(scene.browser, request, key, undefined, { trustDevice: true })
  expect(response.status).toBe(200)
  expect(await isTrusted(scene)).toBe(true)
})

test('another browser of the same person is not trusted, nor somebody else in this one', async () => {
  const scene = await trustedScene()
  const ann = await scene.addUser('ann')
  await addTotp(scene, ann)
  const there = scene.world.browser()
  expect(await isTrusted(scene, there)).toBe(false)
  const { step } = await stepAfterPassword(scene.browser, 'ann@acme.test')
  expect(step.kind).toBe('second_factor')
  expect(await isTrusted(scene)).toBe(true)
})

test('two people trust one browser, each by their own proof', async () => {
  const scene = await trustedScene()
  await addTotp(scene, await scene.addUser('ann'))
  const { request } = await stepAfterPassword(scene.browser, 'ann@acme.test')
  expect((await trust(scene.browser, request, totpCode(scene))).status).toBe(200)
  scene.browser.jar.delete(HANDLE)
  expect(await isTrusted(scene)).toBe(true)
  expect((await stepAfterPassword(scene.browser, 'ann@acme.test')).step.kind).toBe('redirect')
})

test('a sign-out leaves it, and so does a browser that was closed', async () => {
  const scene = await trustedScene()
  expect(await isTrusted(scene)).toBe(true)
  scene.browser.jar.delete(HANDLE)
  expect(await isTrusted(scene)).toBe(true)
  scene.browser.jar.delete(HANDLE)
  expect(await isTrusted(scene)).toBe(true)
})

test('of two browsers with one cookie one is trusted: whoever copied it takes it from its owner', async () => {
  const scene = await trustedScene()
  const thief = scene.world.browser()
  thief.jar.set(TRUST, scene.browser.jar.get(TRUST)!)
  expect(await isTrusted(scene, thief)).toBe(true)
  expect(await isTrusted(scene)).toBe(false)
  const late = scene.world.browser()
  late.jar.set(TRUST, scene.browser.jar.get(TRUST)!)
  expect(await isTrusted(scene, late)).toBe(false)
})

test('a cookie of nobody, and one that is no token, bring nothing', async () => {
  const scene = await trustedScene()
  for (const value of [`vt_${'A'.repeat(43)}`, 'x', '']) {
    const browser = scene.world.browser()
    browser.jar.set(TRUST, value)
    expect(await isTrusted(scene, browser)).toBe(false)
    expect(browser.jar.get(TRUST)).toBe(value)
  }
})

test('of two who bring one code at the same moment one comes through, and one browser is trusted', async () => {
  const scene = await trustingScene()
  const browsers = [scene.browser, scene.world.browser()]
  const requests: string[] = []
  for (const browser of browsers) requests.push(await openSecond(browser))
  const code = totpCode(scene)
  const answers = await Promise.all(browsers.map((browser, at) => trust(browser, requests[at]!, code)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
  const trusting = [await isTrusted(scene, browsers[0]), await isTrusted(scene, browsers[1])]
  expect(trusting.filter(Boolean)).toHaveLength(1)
})

test('its owner is told by mail in which browser, and may say that it was somebody else; their activity shows it', async () => {
  const scene = await trustedScene()
  const mail = (await mailsOf(scene)).find(({ kind }) => kind === 'device_trusted')
  const until = scene.clock.now() + 30 * DAY * 1000
  expect(mail).toMatchObject({ recipient: BOB, values: { browser: 'Firefox', system: 'Linux', until } })
  expect((mail!.values as { notMeLink: string }).notMeLink).toContain('/not-me#')
  const event = (await scene.events()).find(({ type }) => type === 'user.device_trusted')
  expect(event).toMatchObject({ target: scene.userId, data: { factor: 'totp', until } })
})

describe('it ends', () => {
  test.each<[string, (scene: Scene) => unknown]>([
    ['at its time', ({ clock }) => clock.advance(29 * DAY)],
    ['where the policy became shorter', (scene) => scene.setPolicy('login', { trustedDeviceLifetime: DAY })],
    ['where the policy lets nobody trust any more', (scene) => scene.setPolicy('login', { trustedDeviceLifetime: 0 })],
    ['with the account in this browser', forget],
    ['with a new password', newPassword],
    ['when all are taken out of the list', fromHome((browser) => removeIn(browser, 'all'))],
    ['when another factor is removed', fromHome(removeAnotherFactor)],
    ['when the address is another one', fromHome(changeAddress)],
    ['when all sessions end', fromHome((browser) => browser.post('/api/me/sessions/end', { session: 'all' }))],
    [
      'when its owner says that it was not them',
      fromHome((browser) => browser.post('/api/me/not-me', {}), newPassword),
    ],
    ['when the other sessions end', fromElsewhere(() => 'others')],
    ['when its session is ended from elsewhere', fromElsewhere((sessions) => sessions.find((one) => !one.current)!.id)],
    ['when a manager makes it shorter, and longer again', throughManager],
  ])('%s', async (_when, happens) => {
    const scene = await trustedScene()
    await happens(scene)
    expect(await isTrusted(scene)).toBe(false)
  })

  test('a moment before its time it counts', async () => {
    const scene = await trustedScene()
    scene.clock.advance(29 * DAY - 1)
    expect(await isTrusted(scene)).toBe(true)
  })
})

/** Bob at his account pages, after a step-up that wanted both proofs. */
async function atHome(scene: Scene, browser = scene.browser): Promise<void> {
  // the code that was shown before is used up
  scene.clock.advance(60)
  const { request, step } = await stepAfterPassword(browser)
  if (step.kind === 'second_factor') await browser.post(`/api/login/${request}/totp`, { code: totpCode(scene) })
  await browser.get('/account')
  scene.clock.advance(400)
  const { redirect } = await jsonOf<{ redirect: string }>(
    await browser.post('/api/me/step-up', { returnTo: 'security' }),
  )
  const at = redirect.replace('/login', '/api/login')
  const asked = await jsonOf(await browser.post(`${at}/password`, { password: PASSWORD }))
  expect(asked).toMatchObject({ step: { kind: 'second_factor', trustFor: 0 } })
  await browser.post(`${at}/totp`, { code: totpCode(scene) })
}

const listIn = async (browser: Browser) => jsonOf<OwnTrustedDevices>(await browser.get('/api/me/trusted-devices'))
const removeIn = (browser: Browser, id: string) => browser.post('/api/me/trusted-devices/remove', { id })

describe('the list on the account pages', () => {
  test('says which browsers are trusted since when and until when, and which of them this is', async () => {
    const scene = await trustedScene()
    const since = scene.clock.now()
    const there = scene.world.browser()
    await atHome(scene, there)
    expect(await listIn(there)).toMatchObject({ isAllowed: true, devices: [{ current: false }] })
    await atHome(scene)
    const { devices } = await listIn(scene.browser)
    const until = new Date(since + 30 * DAY * 1000).toISOString()
    expect(devices).toMatchObject([{ current: true, trustedAt: new Date(since).toISOString(), until }])
  })

  test('says nothing of trust that is over, nor of other people', async () => {
    const scene = await trustedScene()
    await atHome(scene)
    await scene.setPolicy('login', { trustedDeviceLifetime: 300 })
    expect(await listIn(scene.browser)).toEqual({ isAllowed: true, devices: [] })
    await scene.setPolicy('login', { trustedDeviceLifetime: 0 })
    expect(await listIn(scene.browser)).toEqual({ isAllowed: false, devices: [] })
  })

  test('N067 lets nobody take one away by an old proof, nor one that is not theirs', async () => {
    const scene = await trustedScene()
    await atHome(scene)
    const [{ id } = { id: '' }] = (await listIn(scene.browser)).devices
    const other = scene.world.browser()
    await scene.addUser('ann')
    await other.signIn(await other.open('/account'), 'ann@acme.test', PASSWORD)
    await expectProblem(await removeIn(other, id), 404, 'not_found')
    scene.clock.advance(301)
    await expectProblem(await removeIn(scene.browser, id), 401, 'reauth_required')
    expect(await isTrusted(scene)).toBe(true)
  })

  test('one that was taken away is gone, once, and it is written down; the session goes on', async () => {
    const scene = await trustedScene()
    await atHome(scene)
    const [{ id } = { id: '' }] = (await listIn(scene.browser)).devices
    expect(await jsonOf(await removeIn(scene.browser, id))).toEqual({ isAllowed: true, devices: [] })
    await expectProblem(await removeIn(scene.browser, id), 404, 'not_found')
    expect((await scene.browser.get('/api/me')).status).toBe(200)
    expect((await scene.events()).filter(({ type }) => type === 'user.device_distrusted')).toHaveLength(1)
    expect(await isTrusted(scene)).toBe(false)
  })
})

/** The same password again, as far as anybody can tell who types it. */
async function newPassword({ deps, userId, acme }: Scene) {
  const hash = await deps.passwords.hash(PASSWORD)
  await deps.db.transaction((tx) => setPassword(deps, tx, { id: userId, organizationId: acme }, hash))
}

/** Something is done on the account pages of the browser that is trusted. */
function fromHome(act: (browser: Browser, scene: Scene) => Promise<Response>, after?: (scene: Scene) => unknown) {
  return async (scene: Scene) => {
    await atHome(scene)
    expect((await act(scene.browser, scene)).status).toBe(200)
    await after?.(scene)
  }
}

async function removeAnotherFactor(browser: Browser, scene: Scene): Promise<Response> {
  await browser.post('/api/me/factors/code-send', { method: 'email_code' })
  await browser.post('/api/me/factors/code', { method: 'email_code', code: await lastCode(scene) })
  const { factors } = await jsonOf<OwnFactors>(await browser.get('/api/me/factors'))
  return browser.post('/api/me/factors/remove', { id: factors.find(({ type }) => type === 'email_code')!.id })
}

async function changeAddress(browser: Browser, scene: Scene): Promise<Response> {
  await browser.post('/api/me/email', { value: 'robert@acme.test' })
  const answer = await browser.post('/api/me/email/code', { code: await lastCode(scene) })
  await scene.deps.db.transaction((tx) =>
    scene.deps.repositories.users.replaceIdentifier(tx, scene.userId, scene.acme, {
      kind: 'email',
      value: BOB,
      verifiedAt: scene.clock.now(),
    }),
  )
  return answer
}

/** Bob ends a session in another browser, where he proved both. */
function fromElsewhere(which: (sessions: OwnSession[]) => string) {
  return async (scene: Scene) => {
    const there = scene.world.browser()
    await atHome(scene, there)
    const { sessions } = await jsonOf<{ sessions: OwnSession[] }>(await there.get('/api/me/sessions'))
    expect((await there.post('/api/me/sessions/end', { session: which(sessions) })).status).toBe(200)
  }
}

async function throughManager(scene: Scene) {
  const { world, browser, acme } = scene
  await world.grant(scene.userId, 'instance_owner')
  await atHome(scene)
  const headers = { 'content-type': 'application/json', origin: ISSUER }
  for (const trustedDeviceLifetime of [300, 30 * DAY]) {
    const body = JSON.stringify({ ...defaultPolicy('login'), trustedDeviceLifetime })
    const path = `/api/v1/organizations/${acme}/policies/login`
    expect((await browser.send(path, { method: 'PUT', headers, body })).status).toBe(200)
  }
}

/** Bob takes the account out of the picker. */
async function forget({ browser }: Scene) {
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  const { step } = await browser.step(request)
  if (step.kind !== 'select_account') throw new Error(step.kind)
  await browser.post(`/api/login/${request}/forget`, { session: step.accounts[0]!.session })
}

describe('a lock after failures', () => {
  test('N051, N054 closes nothing in a browser that its owner trusts', async () => {
    const scene = await trustedScene()
    await openSignedOut(scene.browser)
    await guessOften({ browser: scene.world.browser('198.51.100.9'), clock: scene.clock }, BOB, 10)
    const there = await openSignedOut(scene.browser)
    const typed = await jsonOf(await scene.browser.post(`/api/login/${there}/identifier`, { identifier: BOB }))
    expect(typed).toMatchObject({ step: { methods: ['passkey', 'password'], lockedFor: null } })
    expect((await stepAfterPassword(scene.browser)).step.kind).toBe('redirect')
    // and leaves it to strangers as it is
    await expectProblem(await guess(scene.world.browser('198.51.100.9'), BOB, PASSWORD), 429, 'too_many_attempts')
  })

  test('also where the browser was closed meanwhile', async () => {
    const scene = await trustedScene()
    scene.browser.jar.delete(HANDLE)
    await guessOften({ browser: scene.world.browser('198.51.100.9'), clock: scene.clock }, BOB, 10)
    expect((await stepAfterPassword(scene.browser)).step.kind).toBe('redirect')
  })

  test('counts the guesses that are made there by themselves', async () => {
    const scene = await trustedScene()
    await openSignedOut(scene.browser)
    expect((await guessOften(scene, BOB, 10)).at(-1)).toBe('too_many_attempts 900')
    await expectProblem(await guess(scene.browser, BOB, PASSWORD), 429, 'too_many_attempts')
    expect((await guess(scene.world.browser('198.51.100.9'), BOB, PASSWORD)).status).toBe(200)
  })

  test('closes it to somebody else there', async () => {
    const scene = await trustedScene()
    await scene.setPolicy('lockout', { ...defaultPolicy('lockout'), maxFailures: 3 })
    const ann = 'ann@acme.test'
    await scene.addUser('ann')
    await guessOften({ browser: scene.world.browser('198.51.100.9'), clock: scene.clock }, ann, 3)
    await expectProblem(await guess(scene.browser, ann, PASSWORD), 429, 'too_many_attempts')
  })
})
