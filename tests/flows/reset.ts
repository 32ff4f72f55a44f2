import { expect, type Page } from '@playwright/test'
import { passwordScreen } from '../screens/password.ts'
import { newPasswordScreen, resetCodeScreen } from '../screens/reset.ts'
import type { Application, Request } from '../support/application.ts'
import type { SentMessage } from '../support/mail.ts'
import type { Person } from '../support/people.ts'
import type { Server } from '../support/server.ts'
import { arrive, identify } from './sign-in.ts'

/** What people choose who forgot the one before. */
export const NEW_PASSWORD = 'seven quiet lanterns'

type Forgetting = { request: Request; message: SentMessage }

/** From an application to the code of a forgotten password, with the message that has it. */
export async function forget(
  page: Page,
  { mail }: Pick<Server, 'mail'>,
  application: Application,
  { email }: Person,
  wishes: Record<string, string> = {},
): Promise<Forgetting> {
  const known = await mail.list(email)
  const request = await arrive(page, application, wishes)
  await identify(page, email)
  await passwordScreen(page).forgot.click()
  await expect(resetCodeScreen(page).code).toBeFocused()
  return { request, message: await mail.next(email, 'reset_password', known) }
}

/** Types the code, in any language. */
export async function enterResetCode(page: Page, code: string | null): Promise<void> {
  await resetCodeScreen(page).code.fill(code ?? '')
  await page.keyboard.press('Enter')
}

/** Chooses a new password, in any language. */
export async function choosePassword(page: Page, password = NEW_PASSWORD): Promise<void> {
  await newPasswordScreen(page).newPassword.fill(password)
  await page.keyboard.press('Enter')
}
