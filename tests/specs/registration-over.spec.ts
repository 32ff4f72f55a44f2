import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { arrive } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { emailCodeScreen } from '../screens/registration.ts'
import { createApplication } from '../support/application.ts'
import { configuration } from '../support/configuration.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

test('a code is over after ten minutes; a new one is sent, and the one before stays dead', async ({ page }) => {
  const relyingParty = await startRelyingParty()
  const server = await startServer(configuration(relyingParty.origin))
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person)
  const first = await sentTo(page, server, person.email)

  await server.restart({ aheadBy: 601 })
  await enterCode(page, first.code)
  const screen = emailCodeScreen(page)
  await expect(screen.error).toHaveText('That code doesn’t work any more. Ask for a new one.')
  await page.reload()
  await screen.resend.click()
  await expect(screen.resent).toBeVisible()
  const second = await server.mail.next(person.email, 'verify_email')
  if (second.code !== first.code) {
    await enterCode(page, first.code)
    await expect(screen.error).toContainText('4 tries')
  }
  await enterCode(page, second.code)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
  await server.stop()
  await relyingParty.close()
})

test('where registration is off nothing leads to it, and prompt=create says so and shows the sign-in', async ({
  page,
}) => {
  const relyingParty = await startRelyingParty()
  const instance = { policies: { registration: { isAllowed: false } } }
  const server = await startServer({ ...configuration(relyingParty.origin), instance })
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  await arrive(page, ledger)
  await expect(identifyScreen(page).identifier).toBeFocused()
  await expect(identifyScreen(page).create).toHaveCount(0)
  await arriveToRegister(page, ledger)
  await expect(identifyScreen(page).reasons).toContainText('New accounts can’t be made here at the moment.')
  await expect(identifyScreen(page).identifier).toBeFocused()
  await server.stop()
  await relyingParty.close()
})
