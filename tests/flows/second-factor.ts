import { expect, type Page } from '@playwright/test'
import { passwordScreen } from '../screens/password.ts'
import { recoveryCodesScreen, secondFactorScreen } from '../screens/second-factor.ts'
import { totpCode } from '../support/totp.ts'
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts'
import { closeBrowser } from './browsers.ts'
import { arriveToRegister, enterCode, fillIn, type Newcomer, newcomer, sentTo } from './registration.ts'
import { arrive, enterPassword, identify } from './sign-in.ts'
import type { Visit } from './visit.ts'

/** An authenticator app is set up, on a page that offers it. Out: its secret. */
export async function setUpApp(page: Page, typed = (code: string) => code): Promise<string> {
  const screen = secondFactorScreen(page)
  await screen.methods.first().click()
  await expect(screen.qr).toBeVisible()
  const secret = (await screen.secret.textContent()) ?? ''
  await screen.code.fill(typed(totpCode(secret)))
  await page.keyboard.press('Enter')
  return secret
}

/** The recovery codes are kept, and the login goes on. Out: the codes. */
export async function keepCodes(page: Page): Promise<string[]> {
  const screen = recoveryCodesScreen(page)
  await expect(screen.codes).toHaveCount(10)
  const codes = await screen.codes.allTextContents()
  await screen.saved.check()
  await screen.goOn.click()
  return codes
}

/** Types a code, whatever it is asked for. */
export async function enterSecond(page: Page, code: string): Promise<void> {
  await secondFactorScreen(page).code.fill(code)
  await page.keyboard.press('Enter')
}

/** A security key that is in the machine and touched whenever it blinks; it recognises nobody. */
export const holdKey = (page: Page) =>
  addVirtualAuthenticator(page, { transport: 'usb', hasResidentKey: false, hasUserVerification: false })

/** It is set up, on a page that offers it. */
export async function setUpKey(page: Page, name = 'Security key'): Promise<void> {
  const screen = secondFactorScreen(page)
  await screen.method(name).click()
  await screen.submit.click()
}

/** Whoever sees the browser's prompt closes it. */
export const closePrompts = (page: Page) =>
  page.evaluate(() => {
    navigator.credentials.create = () => Promise.reject(new DOMException('closed', 'NotAllowedError'))
  })

/** Whoever has just set up an app comes again in this browser, and is not to be asked there any more. */
export async function trustHere(page: Page, secret: string, steps = 1): Promise<void> {
  await secondFactorScreen(page).trust.check()
  await enterSecond(page, totpCode(secret, steps))
}

/** Somebody new makes an account for an application that asks for two factors, and is to set one up. */
export async function registerForTwo({ page, world, home, wishes }: Visit): Promise<Newcomer> {
  const person = newcomer()
  await arriveToRegister(page, home, { ...wishes, acr_values: 'aal2' })
  await fillIn(page, person)
  await enterCode(page, (await sentTo(page, world, person.email)).code)
  return person
}

/** The same with an app, up to the recovery codes. */
export async function registerWithApp(visit: Visit): Promise<{ person: Newcomer; secret: string }> {
  const person = await registerForTwo(visit)
  const secret = await setUpApp(visit.page)
  await expect(recoveryCodesScreen(visit.page).codes).toHaveCount(10)
  return { person, secret }
}

/** Signs in again in a browser that was closed meanwhile, up to what is asked after the password. */
export async function comeAgain({ page, home, wishes }: Visit, person: Newcomer): Promise<void> {
  await closeBrowser(page)
  await arrive(page, home, wishes)
  await identify(page, person.email)
  await enterPassword(page, person.newPassword)
  await expect(passwordScreen(page).password).toHaveCount(0)
}

/** Somebody new who has an app comes again, and is asked for a code. */
export async function returnWithApp(visit: Visit): Promise<{ secret: string }> {
  const { person, secret } = await registerWithApp(visit)
  const { page, home } = visit
  await keepCodes(page)
  await expect(page).toHaveURL((url) => url.href.startsWith(home.redirectUri))
  await comeAgain(visit, person)
  await expect(secondFactorScreen(page).code).toBeFocused()
  return { secret }
}
