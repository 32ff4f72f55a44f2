import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { addTotp, codeByMail, openSecond, totpCode } from '../testing/factors.ts'
import { mailsOf } from '../testing/registration.ts'
import { authorizePath, redeem } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { enrollKey, newKey, touchKey } from '../testing/security-keys.ts'
import { verifyJwt } from '../testing/tokens.ts'
import { DAY, HANDLE, isTrusted, stepAfterPassword, trust, trustedScene, trustingScene } from '../testing/trust.ts'
import { PASSWORD } from '../testing/world.ts'

const TRUST = 'vestibule-trust'

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
  const { response } = await touchKey(scene.browser, request, key, undefined, { trustDevice: true })
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
