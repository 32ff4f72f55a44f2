import { expect, type Locator, type Page } from '@playwright/test'
import { emailCodeScreen, registerScreen } from '../screens/registration.ts'
import type { Application, Request } from '../support/application.ts'
import type { Server } from '../support/server.ts'
import { arrive } from './sign-in.ts'

let made = 0

/** Somebody nobody has heard of yet. */
export function newcomer(domain = 'new.test') {
  const name = `nia${process.pid}x${++made}`
  return {
    givenName: 'Nia',
    familyName: 'Okoye',
    email: `${name}@${domain}`,
    newPassword: 'a long way to the lighthouse',
  }
}
export type Newcomer = ReturnType<typeof newcomer>

/** From an application that wants an account to be made. */
export const arriveToRegister = (page: Page, application: Application, wishes: Record<string, string> = {}) =>
  arrive(page, application, { prompt: 'create', ...wishes })

/** Fills the form in, in any language, and sends it. */
export async function fillIn(
  page: Page,
  values: Record<string, string>,
  submit: Locator = registerScreen(page).submit,
): Promise<void> {
  const screen = registerScreen(page)
  for (const [name, value] of Object.entries(values)) await screen.field(name).fill(value)
  if ((await screen.terms.count()) > 0) await screen.terms.check()
  await submit.click()
}

/** The mail that this form had sent, once its code is waited for. */
export async function sentTo(page: Page, { mail }: Pick<Server, 'mail'>, email: string) {
  await expect(emailCodeScreen(page).code).toBeFocused()
  return mail.next(email, 'verify_email')
}

export async function enterCode(page: Page, code: string | null): Promise<void> {
  await emailCodeScreen(page).code.fill(code ?? '')
  await page.keyboard.press('Enter')
}

/** The whole way, from an application and back. */
export async function registerAt(
  page: Page,
  server: Pick<Server, 'mail'>,
  application: Application,
  { wishes = {}, person = newcomer() }: { wishes?: Record<string, string>; person?: Newcomer } = {},
) {
  const request: Request = await arriveToRegister(page, application, wishes)
  await fillIn(page, person)
  await enterCode(page, (await sentTo(page, server, person.email)).code)
  return { person, tokens: await application.redeem(request, await application.answer(page, request)) }
}
