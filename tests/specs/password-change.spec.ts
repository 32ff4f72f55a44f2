import { anotherBrowser } from '../flows/browsers.ts'
import { choosePassword, NEW_PASSWORD } from '../flows/reset.ts'
import { arrive, enterPassword, identify, signIn } from '../flows/sign-in.ts'
import { accountScreen, passwordRoomScreen } from '../screens/account.ts'
import { passwordScreen } from '../screens/password.ts'
import { pickerScreen } from '../screens/picker.ts'
import { newPasswordScreen } from '../screens/reset.ts'
import { createApplication } from '../support/application.ts'
import { configuration } from '../support/configuration.ts'
import { ada, GUILD_PASSWORD, gero, newHires, PASSWORD, type Person, paula } from '../support/people.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const DAY = 86_400
const [, milo, maja, moe] = newHires as [Person, Person, Person, Person]

test('a password that somebody else chose is replaced, and the application gets its answer at once', async ({
  page,
  world,
  ledger,
}) => {
  const request = await arrive(page, ledger)
  await signIn(page, milo)
  const screen = newPasswordScreen(page)
  await expect(screen.heading).toBeVisible()
  await expect(screen.reasons).toHaveText('Your password has to be replaced. Choose a new one to go on.')
  await expect(screen.newPassword).toBeFocused()
  await expect(screen.hiddenIdentifier).toHaveValue(milo.email)
  for (const [password, said] of [
    ['short', 'This is too short.'],
    ['password1234', /many people/i],
    ['milo likes lanterns', /name/i],
    [PASSWORD, /before|already/i],
  ] as const) {
    await choosePassword(page, password)
    await expect(screen.error).toHaveText(said)
    await expect(screen.newPassword).toBeFocused()
  }
  await choosePassword(page)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ azp: 'ledger', amr: ['pwd'] })
  expect((await world.mail.next(milo.email, 'password_changed')).text).not.toContain(NEW_PASSWORD)

  await page.context().clearCookies()
  await arrive(page, ledger)
  await identify(page, milo.email)
  await enterPassword(page, PASSWORD)
  await expect(passwordScreen(page).fieldError).toBeVisible()
})

test('nobody gets past it: not by coming again, by another tab, or by the account pages', async ({ page, ledger }) => {
  await arrive(page, ledger)
  await signIn(page, maja)
  const screen = newPasswordScreen(page)
  await expect(screen.newPassword).toBeFocused()
  for (const go of [() => page.reload(), () => arrive(page, ledger), () => page.goto('/account')]) {
    await go()
    await expect(screen.newPassword).toBeFocused()
  }
  const silent = ledger.begin({ prompt: 'none' })
  await page.goto(silent.url)
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('interaction_required')
})

test('in Japanese, from the account pages, which it leads to', async ({ page, browser, world }) => {
  const context = await browser.newContext({ baseURL: world.origin, locale: 'ja' })
  const tab = await context.newPage()
  await tab.goto('/account')
  await signIn(tab, moe)
  await expect(tab.locator('html')).toHaveAttribute('lang', 'ja')
  await expect(newPasswordScreen(tab).newPassword).toBeFocused()
  await choosePassword(tab)
  await expect(tab).toHaveURL(/\/account$/)
  await expect(tab.getByRole('heading', { level: 1 })).toContainText(moe.givenName)
  await context.close()
  await page.close()
})

test('a password that gets old is said so in time, and then replaced', async ({ page }) => {
  const relyingParty = await startRelyingParty()
  const policies = { password: { maxAge: 90 * DAY, warnBefore: 14 * DAY } }
  const server = await startServer(configuration(relyingParty.origin, { policies }))
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  const account = `${server.origin}/account`
  await page.goto(account)
  await signIn(page, ada)
  await expect(accountScreen(page).heading).toBeVisible()
  await expect(page.locator('.notice.warning')).toHaveCount(0)

  await server.restart({ aheadBy: 77 * DAY })
  await page.context().clearCookies()
  await page.goto(account)
  await signIn(page, ada)
  await expect(page.locator('.notice.warning')).toContainText('Your password has to be replaced by')
  await page.getByRole('link', { name: 'Change it now' }).click()
  await expect(passwordRoomScreen(page).warning).toContainText('Your password has to be replaced by')

  await server.restart({ aheadBy: 91 * DAY })
  await page.context().clearCookies()
  const request = await arrive(page, ledger)
  await signIn(page, ada)
  await expect(newPasswordScreen(page).reasons).toHaveText(
    'Your password is older than it may be. Choose a new one to go on.',
  )
  await choosePassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
  await page.goto(account)
  await expect(accountScreen(page).heading).toBeVisible()
  await expect(page.locator('.notice.warning')).toHaveCount(0)
  await server.stop()
  await relyingParty.close()
})

test('on the account pages it is changed with the one before: this browser stays, the others go', async ({
  page,
  world,
  browser,
}) => {
  const desk = await anotherBrowser(browser, world.origin)
  for (const tab of [desk.page, page]) {
    await tab.goto('/account/password')
    await signIn(tab, paula)
    await expect(passwordRoomScreen(tab).heading).toBeVisible()
  }
  const screen = passwordRoomScreen(page)
  await screen.save.click()
  await expect(screen.currentPassword).toBeFocused()
  await screen.currentPassword.fill('not my password')
  await screen.newPassword.fill(NEW_PASSWORD)
  await screen.save.click()
  await expect(screen.errors).toHaveText('That isn’t your current password. Check it and try again.')
  await expect(screen.newPassword).toHaveValue(NEW_PASSWORD)
  await screen.currentPassword.fill(PASSWORD)
  await expect(screen.elsewhere).toBeChecked()
  await screen.save.click()
  await expect(screen.changed).toHaveText('Your password is changed.')
  await expect(screen.currentPassword).toHaveValue('')
  await world.mail.next(paula.email, 'password_changed')

  await page.goto('/account')
  await expect(accountScreen(page).heading).toBeVisible()
  await desk.page.goto('/account')
  await pickerScreen(desk.page).account(paula).click()
  await expect(passwordScreen(desk.page).password).toBeFocused()
  await enterPassword(desk.page, PASSWORD)
  await expect(passwordScreen(desk.page).fieldError).toBeVisible()
  await enterPassword(desk.page, NEW_PASSWORD)
  await expect(accountScreen(desk.page).heading).toBeVisible()
  await desk.context.close()
})

test('in German, by every rule: the last three are none of them new', async ({ browser, world }) => {
  const context = await browser.newContext({ baseURL: world.origin, locale: 'de' })
  const page = await context.newPage()
  await page.goto('/account/password')
  await identify(page, gero.email)
  await enterPassword(page, GUILD_PASSWORD)
  const screen = passwordRoomScreen(page)
  const change = async (from: string, to: string) => {
    await screen.currentPassword.fill(from)
    await screen.newPassword.fill(to)
    await screen.save.click()
  }
  const chosen = [GUILD_PASSWORD, 'Zwei Laternen am 7. Weg', 'Drei Laternen am 8. Weg', 'Vier Laternen am 9. Weg']
  for (const [at, to] of chosen.slice(1).entries()) {
    await change(chosen[at]!, to)
    await expect(screen.changed).toHaveText('Ihr Passwort ist geändert.')
    await expect(screen.currentPassword).toHaveValue('')
    await page.reload()
  }
  for (const old of chosen.slice(1)) {
    await change(chosen.at(-1)!, old)
    await expect(screen.errors).toHaveText('Dieses hatten Sie schon einmal. Wählen Sie ein neues.')
  }
  await change(chosen.at(-1)!, 'keine Ziffer und kein Zeichen')
  await expect(screen.errors).toHaveCount(1)
  await change(chosen.at(-1)!, GUILD_PASSWORD)
  await expect(screen.changed).toHaveText('Ihr Passwort ist geändert.')
  await context.close()
})
