import type { Locator, Page } from '@playwright/test'
import { enterSecond } from '../flows/second-factor.ts'
import { enterPassword, signIn } from '../flows/sign-in.ts'
import { contactScreen } from '../screens/contacts.ts'
import { passkeysScreen } from '../screens/passkeys.ts'
import { passwordScreen } from '../screens/password.ts'
import { secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { ada, ben } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { totpCode } from '../support/totp.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'
import { startWorld, type World } from '../support/world.ts'

/** A proof is young for five minutes. Seconds, whole steps of an app. */
const OLD = 330

let world: World
test.beforeAll(async () => {
  world = await startWorld()
})
test.afterAll(() => world.stop())

/** Signed in to a room some time ago, whose clock goes on by itself. */
async function longAgo(page: Page, room: string, ready: Locator, person = ada): Promise<void> {
  await world.restart()
  await page.context().clearCookies()
  await page.goto(`${world.origin}/account/${room}`)
  await signIn(page, person)
  await expect(ready).toBeVisible()
  await page.waitForLoadState('networkidle')
  await world.restart({ aheadBy: OLD })
}

/** The password is asked for, in whatever language, and then one is in the same room again. */
async function proveAgain(page: Page, room: string): Promise<void> {
  await expect(passwordScreen(page).reasons).toHaveText(/\S/)
  await enterPassword(page)
  await expect(page).toHaveURL(`${world.origin}/account/${room}`)
}

for (const [locale, name, number] of [
  ['en-GB', 'ada.one', '+49 30 901 830'],
  ['de-DE', 'ada.zwei', '+49 30 901 831'],
] as const)
  test.describe(locale, () => {
    test.use({ locale })
    test(`${locale}: with an old sign-in a user name and a number are kept while the password is asked for`, async ({
      page,
    }) => {
      const screen = contactScreen(page)
      await longAgo(page, 'username', screen.username)
      await screen.username.fill(name)
      await screen.save.click()
      await proveAgain(page, 'username')
      await expect(screen.username).toHaveValue(name)
      await expect(screen.notice).toHaveText(locale === 'de-DE' ? /noch da/ : /still here/)
      await screen.save.click()
      await expect(screen.notice).toHaveText(locale === 'de-DE' ? 'Gespeichert.' : 'Saved.')

      await longAgo(page, 'phone', screen.value)
      await screen.value.fill(number)
      await screen.send.click()
      await proveAgain(page, 'phone')
      await expect(screen.value).toHaveValue(number)
      await screen.send.click()
      await expect(screen.code).toBeVisible()
    })
  })

test('with an old sign-in nothing is set up, made or linked before the password is asked for, and one is back in the room', async ({
  page,
}) => {
  await withoutAutofill(page)
  await addVirtualAuthenticator(page)
  const passkeys = passkeysScreen(page)
  await longAgo(page, 'passkeys', passkeys.add, ben)
  await passkeys.add.click()
  await proveAgain(page, 'passkeys')
  await expect(passkeys.cards).toHaveCount(0)
  await passkeys.add.click()
  await expect(passkeys.cards).toHaveCount(1)

  const [room, second] = [securityScreen(page), secondFactorScreen(page)]
  await longAgo(page, 'security', room.add('Authenticator app'), ben)
  await room.add('Authenticator app').click()
  await proveAgain(page, 'security')
  await room.add('Authenticator app').click()
  const secret = (await second.secret.textContent()) ?? ''
  await enterSecond(page, totpCode(secret, OLD / 30))
  await expect(room.said).toHaveText('Authenticator app is set up.')
})
