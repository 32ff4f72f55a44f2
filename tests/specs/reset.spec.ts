import { anotherBrowser } from '../flows/browsers.ts'
import { choosePassword, enterResetCode, forget, NEW_PASSWORD } from '../flows/reset.ts'
import { arrive, enterPassword, failUntilLocked, identify } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { newPasswordScreen, resetCodeScreen, resetLinkScreen } from '../screens/reset.ts'
import { forgetful, GUILD_PASSWORD, gitta, PASSWORD, type Person } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const [rena, rolf, runa, rita, reza, rico, rhea, remy, ruth] = forgetful as [
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
]

test('a forgotten password is replaced by the code of a mail, and the application that waits gets its answer', async ({
  page,
  world,
  ledger,
}) => {
  const { request, message } = await forget(page, world, ledger, rena)
  expect(message.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await expect(resetCodeScreen(page).chip).toContainText(rena.email)
  await expect(page.getByText('It works for 10 minutes.')).toBeVisible()
  await enterResetCode(page, message.code!.toLowerCase().replace('-', ' '))

  const screen = newPasswordScreen(page)
  await expect(screen.newPassword).toBeFocused()
  await expect(screen.hiddenIdentifier).toHaveValue(rena.email)
  await expect(screen.elsewhere).toBeChecked()
  await choosePassword(page)

  await expect(passwordScreen(page).reasons).toHaveText('Your new password is saved. Sign in with it to go on.')
  await expect(passwordScreen(page).password).toBeFocused()
  await enterPassword(page, PASSWORD)
  await expect(passwordScreen(page).fieldError).toBeVisible()
  await enterPassword(page, NEW_PASSWORD)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ azp: 'ledger', amr: ['pwd'] })
  const notice = await world.mail.next(rena.email, 'password_reset')
  expect(notice.text).not.toContain(NEW_PASSWORD)
})

test('everybody else who is signed in has to sign in again', async ({ page, world, ledger, browser }) => {
  const desk = await anotherBrowser(browser, world.origin)
  await desk.page.goto('/account')
  await identify(desk.page, rolf.email)
  await enterPassword(desk.page)
  await expect(accountScreen(desk.page).heading).toContainText(rolf.givenName)

  const { message } = await forget(page, world, ledger, rolf)
  await enterResetCode(page, message.code)
  await choosePassword(page)
  await expect(passwordScreen(page).password).toBeFocused()
  await desk.page.goto('/account')
  await expect(page.locator('input[name=password]')).toBeVisible()
  await desk.context.close()
})

test('the link of the mail, opened in the browser that waits, lets the waiting tab go on after a press', async ({
  page,
  context,
  world,
  ledger,
}) => {
  const { request, message } = await forget(page, world, ledger, runa)
  const tab = await context.newPage()
  await tab.goto(message.link!)
  await expect(resetLinkScreen(tab).goOn).toBeVisible()
  expect(tab.url(), 'the token left the address').toBe(`${world.origin}/reset`)
  await expect(resetCodeScreen(page).code).toBeVisible()
  await resetLinkScreen(tab).goOn.click()
  await expect(newPasswordScreen(tab).newPassword).toBeFocused()
  await tab.close()
  await expect(newPasswordScreen(page).newPassword).toBeVisible()
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('opened in another browser it sets the password there, and the tab that waits asks for it', async ({
  page,
  world,
  ledger,
  browser,
}) => {
  const { request, message } = await forget(page, world, ledger, rita)
  const phone = await anotherBrowser(browser, world.origin)
  await phone.page.goto(message.link!)
  await expect(newPasswordScreen(phone.page).newPassword).toBeFocused()
  await choosePassword(phone.page)
  await expect(resetLinkScreen(phone.page).done).toBeFocused()
  await expect(phone.page.getByText(rita.email)).toBeVisible()

  await phone.page.goto('about:blank')
  await phone.page.goto(message.link!)
  await expect(resetLinkScreen(phone.page).badLink).toBeFocused()
  await phone.context.close()

  // whoever comes back to a tab sees what is true now
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(passwordScreen(page).reasons).toContainText('Your new password is saved.')
  await enterPassword(page, NEW_PASSWORD)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('a wrong code stays and says how many tries are left; after the last one only a new code helps', async ({
  page,
  world,
  ledger,
}) => {
  const { message } = await forget(page, world, ledger, reza)
  const screen = resetCodeScreen(page)
  for (const left of ['4 tries', '3 tries', '2 tries', 'one try']) {
    await enterResetCode(page, 'no code')
    await expect(screen.error).toContainText(`You have ${left} left.`)
    await expect(screen.code).toBeFocused()
    await expect(screen.code).toHaveValue('no code')
  }
  await enterResetCode(page, 'no code')
  await expect(screen.error).toHaveText('That code doesn’t work any more. Ask for a new one.')
  await enterResetCode(page, message.code)
  await expect(screen.error).toHaveText('That code doesn’t work any more. Ask for a new one.')
})

test('a new code can be asked for after half a minute, and ends the one before', async ({ page, world, ledger }) => {
  test.setTimeout(90_000)
  const { message } = await forget(page, world, ledger, rico)
  const screen = resetCodeScreen(page)
  await expect(page.getByText(/A new code can be sent in 0:/)).toBeVisible()
  await expect(screen.resend).toHaveCount(0)
  await screen.resend.click({ timeout: 40_000 })
  await expect(screen.resent).toBeVisible()
  const second = await world.mail.next(rico.email, 'reset_password', [message])
  await enterResetCode(page, message.code)
  await expect(screen.error).toContainText('You have 4 tries left.')
  await enterResetCode(page, second.code)
  await expect(newPasswordScreen(page).newPassword).toBeFocused()
})

test('an unknown name sees the same pages, and nothing is sent', async ({ page, ledger, world }) => {
  const seen: (string | null)[] = []
  for (const name of [rhea.email, 'nobody@acme.test']) {
    await arrive(page, ledger)
    await identify(page, name)
    await passwordScreen(page).forgot.click()
    await expect(resetCodeScreen(page).code).toBeFocused()
    await enterResetCode(page, 'ABCD-EFGH')
    await expect(resetCodeScreen(page).error).toBeVisible()
    const text = (await page.locator('main').textContent()) ?? ''
    seen.push(text.replaceAll(name, 'NAME').replace(/0:\d\d/, 'SOON'))
    await page.context().clearCookies()
  }
  expect(seen[1]).toBe(seen[0])
  expect(await world.mail.list('nobody@acme.test')).toEqual([])
})

test('until the code is used nothing changes: the old password works, by the button or by going back', async ({
  page,
  world,
  ledger,
}) => {
  const { request } = await forget(page, world, ledger, remy)
  await page.goBack()
  await expect(passwordScreen(page).password).toBeFocused()
  await passwordScreen(page).forgot.click()
  await resetCodeScreen(page).back.click()
  await expect(passwordScreen(page).password).toBeFocused()
  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('after too many failures the way to a new password stays open', async ({ page, world, ledger }) => {
  await arrive(page, ledger)
  await identify(page, ruth.email)
  await failUntilLocked(page)
  const known = await world.mail.list(ruth.email)
  await passwordScreen(page).forgot.click()
  const message = await world.mail.next(ruth.email, 'reset_password', known)
  await enterResetCode(page, message.code)
  await choosePassword(page)
  await expect(passwordScreen(page).password).toBeFocused()
})

test('a reset in German, by a policy with every rule: each is ticked off, and what only the server knows is said', async ({
  page,
  world,
  ledger,
}) => {
  const { message } = await forget(page, world, ledger, gitta, { ui_locales: 'de' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sehen Sie in Ihren Nachrichten nach')
  expect(message.subject).toMatch(/Passwort/)
  await enterResetCode(page, message.code)
  const { newPassword, rules, error } = newPasswordScreen(page)
  const met = () => rules.evaluateAll((rows) => rows.map((row) => row.className === 'met'))
  for (const [typed, expected] of [
    ['kurz', [false, false, true, false, false, true]],
    ['zwölf Zeichen lang', [true, true, true, false, false, true]],
    ['Zwei Laternen am 7. Weg', [true, true, true, true, true, true]],
    ['Gitta mag 7 Laternen!', [true, true, true, true, true, false]],
  ] as const) {
    await newPassword.fill(typed)
    expect(await met(), typed).toEqual(expected)
  }
  await choosePassword(page, 'kurz')
  await expect(error).toHaveText('Das ist zu kurz.')
  await choosePassword(page, 'Passw0rd2024!')
  await expect(error).toHaveText('Dieses oder ein sehr ähnliches benutzen viele. Wählen Sie etwas Eigenes.')
  await choosePassword(page, GUILD_PASSWORD)
  await expect(error).toHaveText('Dieses hatten Sie schon einmal. Wählen Sie ein neues.')
  await choosePassword(page, 'Zwei Laternen am 7. Weg')
  await expect(page.locator('.why')).toContainText('Ihr neues Passwort ist gespeichert.')
})

test('a reset for the account pages leads to them', async ({ page, world }) => {
  const [, , , , , , , , , ravi] = forgetful
  await page.goto('/account')
  await expect(identifyScreen(page).identifier).toBeFocused()
  await identify(page, ravi!.username)
  await passwordScreen(page).forgot.click()
  const message = await world.mail.next(ravi!.email, 'reset_password')
  await enterResetCode(page, message.code)
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  await expect(accountScreen(page).heading).toContainText(ravi!.givenName)
})
