import type { Browser } from '../driver/browser.ts'
import { check, expectStatus } from '../driver/expect.ts'
import type { Mailbox } from '../driver/mailbox.ts'
import { act, leave, openPage } from '../subjects/vestibule.ts'
import { PASSWORD, type User } from '../world.ts'
import { authorize, codeFrom } from './authorize.ts'
import type { Running } from './running.ts'
import { SCOPE } from './sign-in.ts'
import { exchange } from './token.ts'

/** An account of one's own: the form, the code from the mail, and on to the application with tokens. */
export async function register(browser: Browser, running: Running, mailbox: Mailbox, email: string): Promise<void> {
  const { location, sent } = await authorize(browser, running, SCOPE, { prompt: 'create' })
  const request = await openPage(browser, location)
  const form = { givenName: 'Nia', familyName: 'Okoye', email, newPassword: PASSWORD }
  const send = async () => {
    const step = await act(browser, `${request}/register`, form)
    check(step.kind === 'verify_email', `no code asked for: ${step.kind}`)
  }
  const code = await mailbox.codeAfter(send, 'verify_email', email)
  const left = await leave(browser, request, await act(browser, `${request}/email-code`, { code }))
  await exchange(browser.connection, running, codeFrom(left, running, sent), sent)
}

/** A forgotten password: the code from the mail and a new password, never the one before, to the step that asks for it. */
export async function resetPassword(
  browser: Browser,
  running: Running,
  mailbox: Mailbox,
  { username, email }: User,
  newPassword: string,
): Promise<void> {
  const { location } = await authorize(browser, running, SCOPE)
  const request = await openPage(browser, location)
  await act(browser, `${request}/identifier`, { identifier: username })
  const ask = async () => {
    const step = await act(browser, `${request}/reset`, {})
    check(step.kind === 'reset_code', `no code asked for: ${step.kind}`)
  }
  const code = await mailbox.codeAfter(ask, 'reset_password', email)
  let step = await act(browser, `${request}/reset-code`, { code })
  check(step.kind === 'new_password', `no new password asked for: ${step.kind}`)
  step = await act(browser, `${request}/new-password`, { newPassword, endOtherSessions: true })
  check(step.kind === 'first_factor', `not back at the password: ${step.kind}`)
}

/** Opens the account pages of whoever signed in with this browser. */
export async function openAccount(browser: Browser): Promise<void> {
  const first = expectStatus(await browser.get('/account'), 200, 302)
  if (first.status === 302) expectStatus(await browser.get('/account'), 200)
}

/** Where this person is signed in: this browser, and nothing else is known. */
export async function listSessions(browser: Browser): Promise<void> {
  const { sessions } = JSON.parse(expectStatus(await browser.get('/api/me/sessions'), 200).body)
  check(sessions.length === 1 && sessions[0].current === true, 'not the one session')
}
