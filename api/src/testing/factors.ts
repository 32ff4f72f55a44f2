import { TOTP } from 'otpauth'
import { newId, type UserId } from '../domain/ids.ts'
import { totpPlace } from '../use-cases/factors/check-totp.ts'
import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { mailsOf } from './registration.ts'
import { authorizePath } from './relying-party.ts'
import { BOB } from './scene.ts'
import { PASSWORD, type World } from './world.ts'

/** What every authenticator app of the tests holds. */
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** What an app with this secret shows, some steps of thirty seconds from now. */
export const totpCode = ({ clock }: Pick<World, 'clock'>, { secret = SECRET, steps = 0 } = {}): string =>
  new TOTP({ secret }).generate({ timestamp: clock.now() + steps * 30_000 })

/** An authenticator app that this person set up long ago. */
export async function addTotp({ deps }: Pick<World, 'deps'>, userId: UserId): Promise<void> {
  const { box, clock, randomBytes, repositories, db } = deps
  const id = newId('crd', { now: clock.now, randomBytes })
  const secret = box.seal(SECRET, totpPlace({ id, userId }))
  await db.transaction((tx) =>
    repositories.credentials.add(tx, { id, userId, type: 'totp', secret, now: clock.now() - 86_400_000 }),
  )
}

/** Bob has given his password, and is asked for more. */
export async function openSecond(browser: Browser, parameters: Record<string, string> = {}): Promise<string> {
  const request = await browser.open(authorizePath('ledger', parameters))
  const answer = await browser.signIn(request, BOB, PASSWORD)
  if (answer.step.kind !== 'second_factor' && answer.step.kind !== 'enroll_second_factor')
    throw new Error(`no second factor, but ${JSON.stringify(answer.step)}`)
  return request
}

export const enterTotp = (browser: Browser, request: string, code: string): Promise<Response> =>
  browser.post(`/api/login/${request}/totp`, { code })

/** An app is being set up. Out: its secret. */
export async function beginTotp(browser: Browser, request: string): Promise<string> {
  const { step } = await jsonOf(await browser.post(`/api/login/${request}/enroll-totp`, {}))
  return (step as { totp: { secret: string } }).totp.secret
}

/** An app is set up on the way in. Out: the answer. */
export async function confirmTotp(world: Pick<World, 'clock'>, browser: Browser, request: string): Promise<Response> {
  const code = totpCode(world, { secret: await beginTotp(browser, request) })
  return browser.post(`/api/login/${request}/enroll-totp-code`, { code })
}

/** The recovery codes that a login shows. */
export async function recoveryCodesIn(browser: Browser, request: string): Promise<string[]> {
  const { step } = await browser.step(request)
  if (step.kind !== 'recovery_codes') throw new Error(`no recovery codes, but ${JSON.stringify(step)}`)
  return step.codes
}

/** Somebody asks for a code, and reads it in the last mail. */
export async function codeByMail(world: Pick<World, 'deps'>, browser: Browser, request: string): Promise<string> {
  await browser.post(`/api/login/${request}/second-code-send`, { method: 'email_code' })
  const mail = (await mailsOf(world)).findLast(({ kind }) => kind === 'login_code')
  return (mail!.values as { code: string }).code
}

/** In a browser of its own, so that nothing is left of the proofs before. */
export async function secondAgain(scene: { browser: Browser }) {
  scene.browser.jar.clear()
  return openSecond(scene.browser)
}
