import type { CreationOptions, RequestOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { type Lies, SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { codeFor, enterCode, openRegistration } from './registration.ts'
import { authorizePath } from './relying-party.ts'
import { ISSUER, PASSWORD, type World } from './world.ts'

/** Somebody at their account pages adds a passkey. */
export async function addPasskey(browser: Browser, authenticator: SoftAuthenticator, lies?: Lies) {
  const begun = await browser.post('/api/me/passkeys/options', {})
  const { options } = await jsonOf<{ options: CreationOptions }>(begun)
  const credential = authenticator.create(options, lies)
  const response = await browser.post('/api/me/passkeys', { credential })
  const { passkeys = [] } = await jsonOf<{ passkeys?: { id: string }[] }>(response.clone())
  return { response, credential, options, id: passkeys.at(-1)?.id ?? '' }
}

/** What a page at this step asks the browser. */
export async function passkeyOptions(browser: Browser, request: string): Promise<RequestOptions> {
  return (await jsonOf<{ options: RequestOptions }>(await browser.post(`/api/login/${request}/passkey-options`, {})))
    .options
}

/** Somebody signs in with the newest passkey of their authenticator. */
export async function touchPasskey(browser: Browser, request: string, authenticator: SoftAuthenticator, lies?: Lies) {
  const credential = authenticator.get(await passkeyOptions(browser, request), lies)
  return { credential, response: await browser.post(`/api/login/${request}/passkey`, { credential }) }
}

/** Somebody has made an account, in a browser that keeps passkeys, and is offered one. */
export async function openOffer(world: Pick<World, 'deps'>, browser: Browser, parameters?: Record<string, string>) {
  const request = await openRegistration(browser, {}, parameters)
  const code = await codeFor(world, request)
  const entered = await browser.post(`/api/login/${request}/email-code`, { code, keepsPasskeys: true })
  if (entered.status !== 200) throw new Error(`the code was refused: ${await entered.text()}`)
  return request
}

/** Somebody who wants a passkey and no password has proven the address. */
export async function openFinish(
  world: Pick<World, 'deps'>,
  browser: Browser,
  { change = {}, parameters = {} }: { change?: object; parameters?: Record<string, string> } = {},
) {
  const request = await openRegistration(browser, { way: 'passkey', newPassword: '', ...change }, parameters)
  const entered = await enterCode(browser, request, await codeFor(world, request))
  if (entered.status !== 200) throw new Error(`the code was refused: ${await entered.text()}`)
  return request
}

/** Somebody makes a passkey under a login. */
async function make(
  kind: 'offered' | 'first',
  browser: Browser,
  request: string,
  authenticator: SoftAuthenticator,
  lies?: Lies,
) {
  const begun = await browser.post(`/api/login/${request}/${kind}-passkey-options`, {})
  const { options } = await jsonOf<{ options: CreationOptions }>(begun)
  const credential = authenticator.create(options, lies)
  return { options, credential, response: await browser.post(`/api/login/${request}/${kind}-passkey`, { credential }) }
}
type Making = [browser: Browser, request: string, authenticator: SoftAuthenticator, lies?: Lies]
/** The one that is offered. */
export const makeOffered = (...how: Making) => make('offered', ...how)
/** The one that opens a new account. */
export const makeFirst = (...how: Making) => make('first', ...how)

type Redirect = Extract<LoginStepView, { kind: 'redirect' }>

/** Bob signs in with his password, in a browser that makes passkeys by itself. */
export async function signInByPassword(browser: Browser, more: object = {}): Promise<Redirect> {
  const request = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  await browser.post(`/api/login/${request}/identifier`, { identifier: 'bob@acme.test' })
  const answer = await browser.post(`/api/login/${request}/password`, {
    password: PASSWORD,
    createsPasskeys: true,
    ...more,
  })
  return (await jsonOf<{ step: Redirect }>(answer)).step
}

/** And the browser makes one. */
export async function makeByItself(
  browser: Browser,
  { upgrade }: Redirect,
  authenticator = new SoftAuthenticator(ISSUER),
  lies: Lies = {},
) {
  if (!upgrade) throw new Error('nothing may be made')
  // nobody touches anything, and nobody is verified
  const credential = authenticator.create(upgrade.options, { userPresent: false, userVerified: false, ...lies })
  const body = { session: upgrade.session, credential }
  return { credential, body, response: await browser.post('/api/passkey-upgrade', body) }
}

/** Whoever is signed in makes a link for another device. Out: its token. */
export async function newPasskeyLink(browser: Browser): Promise<string> {
  const { link = '#' } = await jsonOf<{ link?: string }>(await browser.post('/api/me/passkeys/link', {}))
  return link.split('#')[1] ?? ''
}

/** Another device makes a passkey by it. */
export async function makeByLink(browser: Browser, token: string, authenticator: SoftAuthenticator, lies?: Lies) {
  const begun = await browser.post('/api/passkey-link/options', { token })
  const { options } = await jsonOf<{ options: CreationOptions }>(begun)
  const credential = authenticator.create(options, lies)
  return { options, credential, response: await browser.post('/api/passkey-link', { token, credential }) }
}
