import { SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { totpCode } from '../../support/totp.ts'
import type { Browser } from '../driver/browser.ts'
import { check, expectStatus } from '../driver/expect.ts'
import { json } from '../driver/request.ts'
import { act, enterPassword, identify, leave, openPage } from '../subjects/vestibule.ts'
import { PASSWORD, type User } from '../world.ts'
import { openAccount } from './account.ts'
import { authorize, codeFrom } from './authorize.ts'
import type { Running } from './running.ts'
import { SCOPE, signIn } from './sign-in.ts'
import { exchange, type Tokens } from './token.ts'

/** Posts, and reads the whole answer. */
const post = async (browser: Browser, path: string, input: unknown) =>
  JSON.parse(expectStatus(await browser.post(path, json(input)), 200).body)

/** Somebody adds a passkey on the account pages. Out: what holds it. */
export async function addPasskey(browser: Browser, running: Running, user: User): Promise<SoftAuthenticator> {
  await signIn(browser, running, user)
  await openAccount(browser)
  const authenticator = new SoftAuthenticator(running.origin)
  const { options } = await post(browser, '/api/me/passkeys/options', {})
  const { passkeys } = await post(browser, '/api/me/passkeys', { credential: authenticator.create(options) })
  check(passkeys.length === 1, 'no passkey')
  return authenticator
}

/** The whole login flow by a passkey: no name and no password. */
export async function signInByPasskey(
  browser: Browser,
  running: Running,
  authenticator: SoftAuthenticator,
): Promise<Tokens> {
  const { location, sent } = await authorize(browser, running, SCOPE)
  const request = await openPage(browser, location)
  const { options } = await post(browser, `${request}/passkey-options`, {})
  const credential = authenticator.get(options)
  const left = await leave(browser, request, await act(browser, `${request}/passkey`, { credential }))
  return exchange(browser.connection, running, codeFrom(left, running, sent), sent)
}

/** An authenticator app with the last of its codes that was used: a later one is shown each time. */
export class App {
  readonly secret: string
  #used = 0

  constructor(secret: string) {
    this.secret = secret
  }

  /** The oldest code that still counts. There are three at a time, one step of thirty seconds apart. */
  next(): string {
    const now = Math.floor(Date.now() / 30_000)
    const step = Math.max(this.#used + 1, now - 1)
    check(step <= now + 1, 'every code of this app is used up')
    this.#used = step
    return totpCode(this.secret, step - now)
  }
}

/** Somebody sets an app up on the way in, because the application asks for two factors. */
export async function setUpApp(browser: Browser, running: Running, user: User): Promise<App> {
  const { location } = await authorize(browser, running, SCOPE, { acr_values: 'aal2' })
  const request = await identify(browser, location, user)
  check((await enterPassword(browser, request, PASSWORD)).kind === 'enroll_second_factor', 'nothing to set up')
  const { step } = await post(browser, `${request}/enroll-totp`, {})
  const app = new App(step.totp.secret)
  check((await act(browser, `${request}/enroll-totp-code`, { code: app.next() })).kind === 'recovery_codes', 'no codes')
  check((await act(browser, `${request}/keep-recovery-codes`, {})).redirect, 'not let in')
  return app
}

/** The whole login flow by a password and a code of an app. */
export async function signInWithApp(browser: Browser, running: Running, user: User, app: App): Promise<Tokens> {
  const { location, sent } = await authorize(browser, running, SCOPE)
  const request = await identify(browser, location, user)
  check((await enterPassword(browser, request, PASSWORD)).kind === 'second_factor', 'no second factor asked for')
  const left = await leave(browser, request, await act(browser, `${request}/totp`, { code: app.next() }))
  return exchange(browser.connection, running, codeFrom(left, running, sent), sent)
}
