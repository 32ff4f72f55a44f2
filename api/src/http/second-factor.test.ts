import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { change } from '../testing/change.ts'
import { addTotp, enterTotp, openSecond, secondAgain, totpCode } from '../testing/factors.ts'
import { authorizePath, redeem } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { verifyJwt } from '../testing/tokens.ts'
import { PASSWORD } from '../testing/world.ts'

const withTotp = async () => {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  return scene
}

test('a right code completes the login, and the tokens say so', async () => {
  const scene = await withTotp()
  const request = await openSecond(scene.browser)
  const done = await jsonOf(await enterTotp(scene.browser, request, totpCode(scene)))
  const code = redirectOf(done as never).searchParams.get('code')!
  const { id_token } = await jsonOf(await redeem(scene.world, 'ledger', code))
  expect((await verifyJwt(scene, id_token as string)).claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})

test('half a proof opens nothing: no account page, no silent code, no other session', async () => {
  const { browser } = await withTotp()
  const request = await openSecond(browser)
  await expectProblem(await browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
  await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
  const silent = await browser.get(authorizePath('ledger', { prompt: 'none' }))
  expect(silent.headers.get('location')).toContain('error=login_required')
})

test.each(['123456', 'no code', '12345', '1234567'])('%s is a wrong code', async (code) => {
  const { browser } = await withTotp()
  await expectProblem(await enterTotp(browser, await openSecond(browser), code), 400, 'code_wrong')
})

test.each<[string, (code: string) => string]>([
  ['with a space', (code) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ['with a dash', (code) => `${code.slice(0, 3)}-${code.slice(3)}`],
  ['in a sentence', (code) => `Your code is ${code}. Do not tell anybody.`],
  ['in Arabic digits', (code) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)))],
])('a code %s counts', async (_how, write) => {
  const scene = await withTotp()
  const response = await enterTotp(scene.browser, await openSecond(scene.browser), write(totpCode(scene)))
  expect(response.status).toBe(200)
})

test('a code is used once, and none that is older after it', async () => {
  const scene = await withTotp()
  const use = async (code: string) => enterTotp(scene.browser, await secondAgain(scene), code)
  const [before, now] = [totpCode(scene, { steps: -1 }), totpCode(scene)]
  expect((await use(now)).status).toBe(200)
  await expectProblem(await use(now), 400, 'code_wrong')
  await expectProblem(await use(before), 400, 'code_wrong')
  scene.clock.advance(30)
  expect((await use(totpCode(scene))).status).toBe(200)
})

test('of many who bring one code at the same moment one comes through', async () => {
  const scene = await withTotp()
  const code = totpCode(scene)
  const browsers = Array.from({ length: 8 }, () => scene.world.browser())
  const requests: string[] = []
  for (const browser of browsers) requests.push(await openSecond(browser))
  const answers = await Promise.all(browsers.map((browser, at) => enterTotp(browser, requests[at]!, code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('wrong codes are counted for the person, and a right password in between takes none away', async () => {
  const scene = await withTotp()
  await scene.setPolicy('lockout', { maxFailures: 6 })
  const wrong = async () => {
    scene.clock.advance(60)
    return enterTotp(scene.browser, await secondAgain(scene), '000000')
  }
  for (let n = 1; n < 6; n++) await expectProblem(await wrong(), 400, 'code_wrong')
  await expectProblem(await wrong(), 429, 'too_many_attempts')
  scene.clock.advance(60)
  const request = await secondAgain(scene)
  expect((await scene.browser.step(request)).step).toMatchObject({ methods: [], lockedFor: 840 })
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 429, 'too_many_attempts')
  scene.clock.advance(840)
  expect((await enterTotp(scene.browser, request, totpCode(scene))).status).toBe(200)
})

test('N081 TOTP - a secret that was copied into the row of somebody else opens nothing, and is noticed', async () => {
  const scene = await withTotp()
  const ann = await scene.addUser('ann')
  const { db, repositories } = scene.deps
  const [{ secret } = { secret: '' }] = await repositories.credentials.listTotp(scene.userId)
  const id = 'crd_00000000000000000000000000000001' as never
  await db.transaction((tx) => repositories.credentials.add(tx, { id, userId: ann, type: 'totp', secret, now: 0 }))
  const request = await scene.browser.open(authorizePath('ledger'))
  await scene.browser.signIn(request, 'ann@acme.test', PASSWORD)
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 400, 'code_wrong')
  expect((await scene.events()).map(({ type }) => type)).toContain('anomaly.noticed')
})

test('somebody else who is named at the second step begins with nothing proven', async () => {
  const scene = await withTotp()
  const ann = await scene.addUser('ann')
  await addTotp(scene, ann)
  const request = await openSecond(scene.browser)
  await scene.browser.post(`/api/login/${request}/identifier`, { identifier: 'ann@acme.test' })
  expect((await scene.browser.step(request)).step.kind).toBe('first_factor')
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 409, 'wrong_step')
})

test('a person who was locked by a manager between the steps gets no further', async () => {
  const scene = await withTotp()
  const request = await openSecond(scene.browser)
  await change(scene, 'users', scene.userId, { state: 'locked' })
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 409, 'wrong_step')
  expect((await scene.browser.step(request)).step).toMatchObject({ kind: 'denied', reason: 'locked' })
})
