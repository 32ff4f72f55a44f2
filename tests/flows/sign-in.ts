import { expect, type Page } from '@playwright/test'
import { lockedScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { pickerScreen } from '../screens/picker.ts'
import type { Application, Request } from '../support/application.ts'
import { PASSWORD, type Person } from '../support/people.ts'

/** Says who one is, in any language: names of fields are the same in all of them. */
export async function identify(page: Page, identifier: string): Promise<void> {
  await identifyScreen(page).identifier.fill(identifier)
  await page.keyboard.press('Enter')
  await expect(passwordScreen(page).password).toBeFocused()
}

/** Proves it, and is sent on. */
export async function enterPassword(page: Page, password = PASSWORD): Promise<void> {
  await passwordScreen(page).password.fill(password)
  await page.keyboard.press('Enter')
}

/** As many wrong passwords as the policy bears. */
export async function failUntilLocked(page: Page, failures = 10): Promise<void> {
  for (let failure = 1; failure < failures; failure++) {
    await enterPassword(page, `guess ${failure}`)
    await expect(passwordScreen(page).fieldError).toHaveText(
      'That login name and password don’t match. Check both and try again.',
    )
    await expect(passwordScreen(page).password).toHaveValue('')
  }
  await enterPassword(page, 'one guess too many')
  await expect(lockedScreen(page).heading).toBeFocused()
}

/** Name and password, on a page that asks for them. */
export async function signIn(page: Page, { email }: Person): Promise<void> {
  await identify(page, email)
  await enterPassword(page)
}

/** Opens the login page from an application. */
export async function arrive(
  page: Page,
  application: Application,
  wishes: Record<string, string> = {},
): Promise<Request> {
  const request = application.begin(wishes)
  await page.goto(request.url)
  return request
}

/** From an application and back, with a browser that asks: the tokens it ends with. */
export async function signInTo(
  page: Page,
  application: Application,
  person: Person,
  wishes: Record<string, string> = {},
) {
  const request = await arrive(page, application, wishes)
  await signIn(page, person)
  return application.redeem(request, await application.answer(page, request))
}

/** Signs people in one after the other; all of them stay signed in in this browser. Their tokens, in this order. */
export async function signInAll(
  page: Page,
  application: Application,
  people: readonly Person[],
  wishes: Record<string, string> = {},
) {
  const tokens = []
  for (const person of people) {
    const request = await arrive(page, application, { ...wishes, prompt: 'select_account' })
    if (tokens.length > 0) await pickerScreen(page).another.click()
    await signIn(page, person)
    tokens.push(await application.redeem(request, await application.answer(page, request)))
  }
  return tokens
}
