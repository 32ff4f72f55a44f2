import type { Page } from '@playwright/test'
import { closeBrowser } from '../flows/browsers.ts'
import { NEW_PASSWORD } from '../flows/reset.ts'
import { enterSecond, keepCodes, setUpApp, trustHere } from '../flows/second-factor.ts'
import { arrive, enterPassword, identify, signIn } from '../flows/sign-in.ts'
import { passwordRoomScreen } from '../screens/account.ts'
import { secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { type Application, createApplication } from '../support/application.ts'
import { configuration } from '../support/configuration.ts'
import { PASSWORD, type Person, trusting } from '../support/people.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'
import { totpCode } from '../support/totp.ts'

const [tove, till, tuva] = trusting
const DAY = 86_400
const TWO = { acr_values: 'aal2' }

/** An app is set up on the way to the application, and then the browser is closed. Out: what opens the account from then on. */
async function holdApp(page: Page, application: Application, person: Person) {
  const request = await arrive(page, application, TWO)
  await signIn(page, person)
  const secret = await setUpApp(page)
  const codes = await keepCodes(page)
  await application.answer(page, request)
  await closeBrowser(page)
  return { secret, codes }
}

test('who trusts a browser is not asked there again, also after it was closed, until it is taken out of the list', async ({
  page,
  ledger,
  world,
}) => {
  const { secret, codes } = await holdApp(page, ledger, tove)
  const first = await arrive(page, ledger)
  await signIn(page, tove)
  const screen = secondFactorScreen(page)
  await expect(screen.trust).not.toBeChecked()
  await expect(page.getByText('Don’t ask again on this device for 30 days')).toBeVisible()
  await trustHere(page, secret)
  const two = await ledger.redeem(first, await ledger.answer(page, first))
  expect(two.claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
  expect((await world.mail.next(tove.email, 'device_trusted')).text).toContain('Chrome')

  await closeBrowser(page)
  const second = await arrive(page, ledger)
  await signIn(page, tove)
  const one = await ledger.redeem(second, await ledger.answer(page, second))
  expect(one.claims).toMatchObject({ acr: 'aal1', amr: ['pwd'] })

  // to take it out is a matter of both proofs
  await page.goto('/account/security')
  const { trusted } = securityScreen(page)
  await expect(trusted.getByRole('listitem')).toContainText('This browser')
  await trusted.getByRole('button', { name: /^Remove Chrome/ }).click()
  await expect(screen.trust).toBeHidden()
  await screen.other.click()
  await screen.method('Recovery code').click()
  await enterSecond(page, codes[0]!)
  await trusted.getByRole('button', { name: /^Remove Chrome/ }).click()
  await expect(trusted.getByRole('status')).toContainText('a second check is asked for again')
  await expect(trusted.getByRole('listitem')).toHaveCount(0)
  await expect(trusted.getByRole('heading')).toBeFocused()

  await closeBrowser(page)
  await arrive(page, ledger)
  await signIn(page, tove)
  await expect(screen.code).toBeVisible()
})

test('auf Deutsch: Ein neues Passwort beendet das Vertrauen', async ({ browser, world, ledger }) => {
  const page = await browser.newPage({ baseURL: world.origin, locale: 'de-DE' })
  const { secret } = await holdApp(page, ledger, till)
  const request = await arrive(page, ledger)
  await signIn(page, till)
  await expect(page.getByText('Auf diesem Gerät 30 Tage lang nicht mehr fragen')).toBeVisible()
  await trustHere(page, secret)
  await ledger.answer(page, request)

  await page.goto('/account/password')
  const room = passwordRoomScreen(page)
  await room.currentPassword.fill(PASSWORD)
  await room.newPassword.fill(NEW_PASSWORD)
  await room.save.click()
  await expect(room.changed).toHaveText('Ihr Passwort ist geändert.')

  await closeBrowser(page)
  await arrive(page, ledger)
  await identify(page, till.email)
  await enterPassword(page, NEW_PASSWORD)
  await expect(secondFactorScreen(page).code).toBeVisible()
  await page.close()
})

test('trust ends after its days, and not before', async ({ page }) => {
  const relyingParty = await startRelyingParty()
  const server = await startServer(configuration(relyingParty.origin))
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  const { secret } = await holdApp(page, ledger, tuva)
  const first = await arrive(page, ledger)
  await signIn(page, tuva)
  await trustHere(page, secret)
  await ledger.answer(page, first)

  await server.restart({ aheadBy: 29 * DAY })
  await closeBrowser(page)
  const within = await arrive(page, ledger)
  await signIn(page, tuva)
  await ledger.answer(page, within)

  await server.restart({ aheadBy: 31 * DAY })
  await closeBrowser(page)
  const after = await arrive(page, ledger)
  await signIn(page, tuva)
  await enterSecond(page, totpCode(secret, (31 * DAY) / 30))
  await ledger.answer(page, after)
  await server.stop()
  await relyingParty.close()
})
