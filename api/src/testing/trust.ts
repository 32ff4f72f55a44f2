import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { addTotp, openSecond, totpCode } from './factors.ts'
import { authorizePath } from './relying-party.ts'
import { BOB, createScene, type Scene } from './scene.ts'
import { PASSWORD } from './world.ts'

export const DAY = 86_400

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'

export const HANDLE = 'vestibule'

/** Bob has an authenticator app, and browsers may be trusted for thirty days. */
export async function trustingScene() {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  await scene.setPolicy('login', { trustedDeviceLifetime: 30 * DAY })
  return scene
}

export const trust = (browser: Browser, request: string, code: string) =>
  browser.post(`/api/login/${request}/totp`, { code, trustDevice: true }, { 'user-agent': AGENT })

/** Bob checks "don't ask again on this device". */
export async function trustedScene() {
  const scene = await trustingScene()
  const done = await jsonOf(await trust(scene.browser, await openSecond(scene.browser), totpCode(scene)))
  expect(done).toMatchObject({ step: { kind: 'redirect' } })
  return scene
}

/** A login in which nobody is named, in a browser where nobody is signed in any more. */
export async function openSignedOut(browser: Browser): Promise<string> {
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/sign-out`, { session: 'all' })
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  return request
}

/** Where name and password lead then. */
export const stepAfterPassword = async (browser: Browser, name = BOB) =>
  browser.signIn(await openSignedOut(browser), name, PASSWORD)

/** Whether the password alone opens the account in this browser, a day after the last second proof. */
export async function isTrusted({ browser, clock }: Scene, in_ = browser): Promise<boolean> {
  clock.advance(DAY)
  const { step } = await stepAfterPassword(in_)
  if (step.kind !== 'redirect' && step.kind !== 'second_factor') throw new Error(`not there, but ${step.kind}`)
  return step.kind === 'redirect'
}

/** Bob at his account pages, after a step-up that wanted both proofs. */
export async function atHome(scene: Scene, browser = scene.browser): Promise<void> {
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

export const removeIn = (browser: Browser, id: string) => browser.post('/api/me/trusted-devices/remove', { id })
