import { choosePassword, enterResetCode, forget, NEW_PASSWORD } from '../flows/reset.ts'
import { arrive, enterPassword, identify } from '../flows/sign-in.ts'
import { passwordScreen } from '../screens/password.ts'
import { newPasswordScreen, resetCodeScreen, resetLinkScreen } from '../screens/reset.ts'
import { createApplication } from '../support/application.ts'
import { configuration } from '../support/configuration.ts'
import { ada, ben } from '../support/people.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

test('a code is over after ten minutes and its link after thirty; a new one helps', async ({ page, context }) => {
  const relyingParty = await startRelyingParty()
  const server = await startServer(configuration(relyingParty.origin))
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  const { request, message } = await forget(page, server, ledger, ada)

  await server.restart({ aheadBy: 601 })
  await enterResetCode(page, message.code)
  const screen = resetCodeScreen(page)
  await expect(screen.error).toHaveText('That code doesn’t work any more. Ask for a new one.')
  await page.reload()
  await expect(page.getByText('The code’s time is up. Ask for a new one.')).toBeVisible()
  const tab = await context.newPage()
  await tab.goto(message.link!)
  await expect(resetLinkScreen(tab).goOn).toBeVisible()

  await server.restart({ aheadBy: 1_801 })
  await tab.goto('about:blank')
  await tab.goto(message.link!)
  await expect(resetLinkScreen(tab).badLink).toBeFocused()

  await screen.resend.click()
  await expect(screen.resent).toBeVisible()
  const second = await server.mail.next(ada.email, 'reset_password', [message])
  await enterResetCode(page, second.code)
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
  await server.stop()
  await relyingParty.close()
})

test('a link works when the request that asked for it is over, and who was locked meanwhile is refused', async ({
  page,
}) => {
  const relyingParty = await startRelyingParty()
  const server = await startServer(configuration(relyingParty.origin))
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  const { message } = await forget(page, server, ledger, ada)
  await page.context().clearCookies()
  await page.goto(message.link!)
  await choosePassword(page)
  await expect(resetLinkScreen(page).done).toBeFocused()

  const other = await forget(page, server, ledger, ben)
  const lock = {
    organizations: [{ primaryDomain: 'acme.test', name: 'Acme', users: [{ username: 'ben', state: 'locked' }] }],
  }
  await server.apply(lock)
  await enterResetCode(page, other.message.code)
  await expect(resetCodeScreen(page).error).toBeVisible()
  await page.goto(other.message.link!)
  await expect(resetLinkScreen(page).badLink).toBeVisible()
  await expect(newPasswordScreen(page).newPassword).toHaveCount(0)
  await server.stop()
  await relyingParty.close()
})

test('where the policy wants no resets none is offered', async ({ page }) => {
  const relyingParty = await startRelyingParty()
  const instance = { policies: { login: { allowPasswordReset: false } } }
  const server = await startServer({ ...configuration(relyingParty.origin), instance })
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  await arrive(page, ledger)
  await identify(page, ada.email)
  await expect(passwordScreen(page).signIn).toBeVisible()
  await expect(page.getByRole('button', { name: 'Forgot password?' })).toHaveCount(0)
  await server.stop()
  await relyingParty.close()
})
