import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, jsonOf, locationOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { authorizePath, codeOf, type Tokens } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

const stepOf = async ({ browser }: Scene, parameters: Record<string, string>) => {
  const request = await browser.open(authorizePath('ledger', parameters))
  return browser.step(request)
}

const authTimeOf = async ({ redeem }: Scene, code: string) =>
  decodeJwt((await jsonOf<Tokens>(await redeem(code))).id_token!).auth_time as number

test('AZ18 prompt=login asks again though a session exists, and auth_time is later', async () => {
  const scene = await createScene()
  const before = await authTimeOf(scene, await scene.signIn())
  scene.clock.advance(60)
  const { request, step, reasons, account } = await stepOf(scene, { prompt: 'login' })
  expect({ step, reasons, account }).toMatchObject({
    step: { kind: 'first_factor' },
    reasons: ['application_asks_again'],
    account: { loginName: 'bob@acme.test' },
  })
  const answer = await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  const code = codeOf(redirectOf(await jsonOf(answer)))
  expect(await authTimeOf(scene, code)).toBe(before + 60)
})

test('AZ18 select_account always shows the picker', async () => {
  const scene = await createScene()
  await scene.signIn()
  const { request, step, reasons } = await stepOf(scene, { prompt: 'select_account' })
  expect({ step, reasons }).toMatchObject({
    step: { kind: 'select_account', accounts: [{ loginName: 'bob@acme.test', state: 'signed_in' }] },
    reasons: ['application_asks_for_choice'],
  })
  const session = step.kind === 'select_account' ? step.accounts[0]!.session : ''
  const answer = await scene.browser.post(`/api/login/${request}/account`, { session })
  expect(await jsonOf(answer)).toMatchObject({ step: { kind: 'redirect' } })
})

test('AZ18 consent always shows the consent screen', async () => {
  const scene = await createScene()
  await scene.signIn()
  const { step, reasons } = await stepOf(scene, { prompt: 'consent', scope: 'openid email' })
  expect({ step, reasons }).toEqual({
    step: { kind: 'consent', scopes: ['openid', 'email'] },
    reasons: ['application_asks_for_consent'],
  })
})

test('AZ18 values combine', async () => {
  const scene = await createScene()
  await scene.signIn()
  scene.clock.advance(1)
  const { request, step } = await stepOf(scene, { prompt: 'login consent' })
  expect(step.kind).toBe('first_factor')
  const next = await jsonOf(await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD }))
  expect(next).toMatchObject({ step: { kind: 'consent' } })
  const last = await jsonOf(await scene.browser.post(`/api/login/${request}/consent`, { allow: true }))
  expect(last).toMatchObject({ step: { kind: 'redirect' } })
})

test('AZ18 an unknown value is ignored', async () => {
  const { signIn, authorize } = await createScene()
  await signIn()
  expect(clientAnswer(await authorize({ prompt: 'dance' }))).toHaveProperty('code')
})

test('AZ19 a check older than max_age is repeated', async () => {
  const scene = await createScene()
  const before = await authTimeOf(scene, await scene.signIn())
  scene.clock.advance(100)
  const { request, step, reasons } = await stepOf(scene, { max_age: '99' })
  expect({ kind: step.kind, reasons }).toEqual({ kind: 'first_factor', reasons: ['check_too_old'] })
  const answer = await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  expect(await authTimeOf(scene, codeOf(redirectOf(await jsonOf(answer))))).toBe(before + 100)
})

test('AZ19 one that is not too old is no question, and auth_time stays', async () => {
  const scene = await createScene()
  const before = await authTimeOf(scene, await scene.signIn())
  scene.clock.advance(100)
  expect(await authTimeOf(scene, codeOf(locationOf(await scene.authorize({ max_age: '101' }))))).toBe(before)
})

test('AZ19 max_age=0 always asks, once', async () => {
  const scene = await createScene()
  await scene.signIn()
  scene.clock.advance(1)
  const { request, step } = await stepOf(scene, { max_age: '0' })
  expect(step.kind).toBe('first_factor')
  const answer = await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  expect(await jsonOf(answer)).toMatchObject({ step: { kind: 'redirect' } })
})

test.each(['-1', '1.5', 'abc', '1e3', '0x10', ' 5', '99999999999'])('AZ19 max_age=%s is refused', async (maxAge) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ max_age: maxAge }))).toMatchObject({ error: 'invalid_request' })
})
