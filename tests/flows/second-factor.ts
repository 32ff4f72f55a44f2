import { expect, type Page } from '@playwright/test'
import { recoveryCodesScreen, secondFactorScreen } from '../screens/second-factor.ts'
import { totpCode } from '../support/totp.ts'
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts'

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
