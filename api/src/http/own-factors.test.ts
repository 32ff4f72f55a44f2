import type { ChangedFactors, OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { openSecond, totpCode } from '../testing/factors.ts'
import { mailsOf } from '../testing/registration.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

/** Bob at his account pages, signed in a moment ago. */
async function atHome() {
  const scene = await createScene()
  await scene.browser.signIn(await scene.browser.open('/account'), BOB, PASSWORD)
  return scene
}
const factorsOf = async ({ browser }: Pick<Scene, 'browser'>) =>
  jsonOf<OwnFactors>(await browser.get('/api/me/factors'))
const post = async ({ browser }: Pick<Scene, 'browser'>, path: string, body: object) =>
  jsonOf<ChangedFactors>(await browser.post(`/api/me/${path}`, body))

async function addTotp(scene: Scene): Promise<ChangedFactors> {
  const { factors } = await post(scene, 'factors/totp', {})
  return post(scene, 'factors/totp-code', { code: totpCode(scene, { secret: factors.totp!.secret }) })
}

test('an app is set up, asked for from then on, and this session goes on', async () => {
  const scene = await atHome()
  const { factors, newCodes } = await addTotp(scene)
  expect(factors).toMatchObject({
    factors: [{ type: 'totp', isRemovable: true }],
    totp: null,
    recoveryCodes: { left: 10 },
  })
  expect(newCodes).toHaveLength(10)
  expect((await scene.browser.get('/api/me')).status).toBe(200)
  await openSecond(scene.world.browser())
  expect((await mailsOf(scene)).map(({ kind }) => kind)).toContain('factor_added')
})

test('secrets and codes are shown once', async () => {
  const scene = await atHome()
  const { factors } = await post(scene, 'factors/totp', {})
  const { secret } = factors.totp!
  const { newCodes } = await post(scene, 'factors/totp-code', { code: totpCode(scene, { secret }) })
  const shown = JSON.stringify(await factorsOf(scene))
  for (const hidden of [secret, 'otpauth:', ...newCodes!]) expect(shown).not.toContain(hidden)
})

test('what adds or removes a factor wants a fresh proof', async () => {
  const scene = await atHome()
  const { factors } = await addTotp(scene)
  scene.clock.advance(301)
  for (const [path, body] of [
    ['factors/totp', {}],
    ['factors/code-send', { method: 'email_code' }],
    ['factors/remove', { id: factors.factors[0]!.id }],
    ['recovery-codes', {}],
  ] as const)
    await expectProblem(await scene.browser.post(`/api/me/${path}`, body), 401, 'reauth_required')
})

test('a factor that is removed opens nothing any more, and its owner is told', async () => {
  const scene = await atHome()
  const { factors } = await addTotp(scene)
  const { factors: after } = await post(scene, 'factors/remove', { id: factors.factors[0]!.id })
  expect(after.factors).toEqual([])
  expect((await mailsOf(scene)).map(({ kind }) => kind)).toContain('factor_removed')
  await expectProblem(
    await scene.browser.post('/api/me/factors/remove', { id: factors.factors[0]!.id }),
    404,
    'not_found',
  )
})

test('nobody removes a factor of somebody else', async () => {
  const scene = await atHome()
  const { factors } = await addTotp(scene)
  await scene.addUser('ann')
  const other = scene.world.browser()
  await other.signIn(await other.open('/account'), 'ann@acme.test', PASSWORD)
  await expectProblem(await other.post('/api/me/factors/remove', { id: factors.factors[0]!.id }), 404, 'not_found')
})

test('twenty apps are enough', async () => {
  const scene = await atHome()
  for (let nth = 0; nth < 20; nth++) await addTotp(scene)
  await expectProblem(await scene.browser.post('/api/me/factors/totp', {}), 409, 'too_many')
})

test('where everybody needs one the last one stays', async () => {
  const scene = await atHome()
  const { factors } = await addTotp(scene)
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  expect((await factorsOf(scene)).factors[0]).toMatchObject({ isRemovable: false })
  await expectProblem(
    await scene.browser.post('/api/me/factors/remove', { id: factors.factors[0]!.id }),
    409,
    'last_way',
  )
})

test('a rehearsal uses no code up, and is a guess like any other', async () => {
  const scene = await atHome()
  const { newCodes } = await addTotp(scene)
  for (const _again of [1, 2]) {
    const { factors } = await post(scene, 'recovery-codes/try', { code: newCodes![0] })
    expect(factors.recoveryCodes).toEqual({ left: 10 })
  }
  const wrong = () => scene.browser.post('/api/me/recovery-codes/try', { code: 'AAAA-AAAA-AAAA-AAAA' })
  for (let n = 0; n < 4; n++) await expectProblem(await wrong(), 400, 'code_wrong')
  await wrong()
  await expectProblem(await wrong(), 429, 'too_many_attempts')
})

test('new recovery codes end those before', async () => {
  const scene = await atHome()
  const { newCodes: before } = await addTotp(scene)
  const { newCodes } = await post(scene, 'recovery-codes', {})
  expect(newCodes).not.toEqual(before)
  await expectProblem(await scene.browser.post('/api/me/recovery-codes/try', { code: before![0] }), 400, 'code_wrong')
})

test('what the organization lets not count is not offered', async () => {
  const scene = await atHome()
  await scene.setPolicy('login', { secondFactors: ['email_code'] })
  expect(await factorsOf(scene)).toMatchObject({ available: ['email_code'], recoveryCodes: null })
  await expectProblem(await scene.browser.post('/api/me/factors/totp', {}), 403, 'forbidden')
  await expectProblem(await scene.browser.post('/api/me/recovery-codes', {}), 403, 'forbidden')
})

test('what would be left of a lost phone is said', async () => {
  const scene = await atHome()
  await addTotp(scene)
  expect((await factorsOf(scene)).whatIf).toEqual([
    { loss: 'phone', gone: ['totp'], ways: [{ first: 'password', second: 'recovery_code' }], help: null },
  ])
})
