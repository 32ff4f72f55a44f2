import type { UserId } from '../domain/ids.ts'
import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { mailsOf } from './registration.ts'
import { authorizePath } from './relying-party.ts'
import { BOB, type Scene } from './scene.ts'
import type { World } from './world.ts'

export const NEW_PASSWORD = 'seven quiet lanterns'

/** At the password of this name, by the way an application takes. */
export async function openPassword(browser: Browser, identifier = BOB): Promise<string> {
  const request = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${request}/identifier`, { identifier })
  return request
}

export const askForReset = (browser: Browser, request: string): Promise<Response> =>
  browser.post(`/api/login/${request}/reset`, {})
export const enterResetCode = (browser: Browser, request: string, code: unknown): Promise<Response> =>
  browser.post(`/api/login/${request}/reset-code`, { code })
export const setNewPassword = (browser: Browser, request: string, change: object = {}): Promise<Response> =>
  browser.post(`/api/login/${request}/new-password`, { newPassword: NEW_PASSWORD, ...change })

/** A reset that waits for its code. */
export async function openReset(browser: Browser, identifier = BOB): Promise<string> {
  const request = await openPassword(browser, identifier)
  const asked = await askForReset(browser, request)
  if (asked.status !== 200) throw new Error(`the reset was refused: ${await asked.text()}`)
  return request
}

/** The code and the token of the last mail about a reset. @throws where there is none */
export async function lastReset(world: Pick<World, 'deps'>): Promise<{ code: string; token: string }> {
  const mail = (await mailsOf(world)).findLast(({ kind }) => kind === 'reset_password')
  if (!mail) throw new Error('no mail about a reset')
  const { code, link = '#' } = mail.values as { code: string; link?: string }
  return { code, token: link.split('#')[1] ?? '' }
}

/** A reset whose code was right. */
export async function openNewPassword(world: Pick<World, 'deps'>, browser: Browser): Promise<string> {
  const request = await openReset(browser)
  const entered = await enterResetCode(browser, request, (await lastReset(world)).code)
  if (entered.status !== 200) throw new Error(`the code was refused: ${await entered.text()}`)
  return request
}

/** This person's password has to be replaced: somebody else may know it. */
export const demandChange = ({ deps }: Pick<World, 'deps'>, userId: UserId): Promise<void> =>
  deps.db.transaction((tx) => deps.repositories.credentials.demandNewPassword(tx, userId))

export const MINUTE = 60

export const stepAfter = async (response: Response) => (await jsonOf<{ step: { kind: string } }>(response)).step

/** What signing in with this password leads to. */
export async function outcome({ world }: Scene, password: string, name = BOB): Promise<string> {
  const browser = world.browser()
  const answer = await browser.signIn(await browser.open(authorizePath('ledger')), name, password)
  return answer.step?.kind ?? (answer as unknown as { code: string }).code
}

export const resetMails = async (scene: Scene) => (await mailsOf(scene)).filter(({ kind }) => kind === 'reset_password')
