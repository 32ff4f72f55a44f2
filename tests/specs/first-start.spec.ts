import { setupLink } from '../flows/setup.ts'
import { enterPassword } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { secondFactorScreen } from '../screens/second-factor.ts'
import { setupScreen } from '../screens/setup.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const NEW_PASSWORD = 'the first manager has a key'

test('a fresh instance gives a one-time link for the first manager, which works once', async ({ page, context }) => {
  const server = await startServer()
  const link = setupLink(server)
  await page.goto(link)
  const screen = setupScreen(page)
  await expect(screen.heading).toBeVisible()
  expect(page.url(), 'the token left the address').toBe(`${server.origin}/setup`)

  await screen.newPassword.fill('too short')
  await expect(screen.rules).toContainText(['not met yet'])
  await screen.save.click()
  await expect(screen.fieldError).toHaveText('This is too short.')
  await screen.newPassword.fill(NEW_PASSWORD)
  await expect(screen.rules).not.toContainText(['not met yet'])
  await screen.save.click()
  await expect(screen.done).toBeFocused()

  await screen.signIn.click()
  await enterPassword(page, NEW_PASSWORD)
  // whoever opens everything is offered a second factor, as everybody is where no policy says otherwise
  await secondFactorScreen(page).notNow.click()
  await expect(accountScreen(page).heading).toContainText('Administrator')

  const second = await context.newPage()
  await second.goto(link)
  await expect(setupScreen(second).badLink).toBeFocused()
  await server.stop()
})

test('the link of the start before is dead, and the new one works', async ({ page }) => {
  const server = await startServer()
  const before = setupLink(server)
  await server.restart()
  await page.goto(before)
  await expect(setupScreen(page).badLink).toBeFocused()
  await page.goto('about:blank')
  await page.goto(setupLink(server))
  await setupScreen(page).newPassword.fill(NEW_PASSWORD)
  await setupScreen(page).save.click()
  await expect(setupScreen(page).done).toBeVisible()
  await server.restart()
  expect(server.output()).not.toContain('/setup#')
  await server.stop()
})
