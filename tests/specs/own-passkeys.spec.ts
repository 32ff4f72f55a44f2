import { signIn } from '../flows/sign-in.ts'
import { passkeysScreen } from '../screens/passkeys.ts'
import { keyHolders, type Person } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts'

const [kai, kaja, keno] = keyHolders as [Person, Person, Person]

test('a passkey is added, named and removed on the account pages, with a mail for each that comes and goes', async ({
  page,
  world,
}) => {
  const authenticator = await addVirtualAuthenticator(page)
  await page.goto('/account/passkeys')
  await signIn(page, kai)
  const screen = passkeysScreen(page)
  await expect(screen.heading).toBeVisible()
  await expect(screen.cards).toHaveCount(0)
  await screen.add.click()
  await expect(screen.said).toHaveText('Your passkey is ready. Sign in with it next time.')
  await expect(screen.names).toHaveText(['Passkey'])
  await expect(screen.cards).toContainText('Not used yet')
  const [credential] = await authenticator.credentials()
  expect(credential).toMatchObject({ isResidentCredential: true, rpId: 'localhost' })
  expect(Buffer.from(credential?.userHandle ?? '', 'base64').toString()).not.toContain(kai.username)
  expect((await world.mail.next(kai.email, 'factor_added')).text).toContain('/not-me#')

  await screen.rename.click()
  await expect(screen.name).toBeFocused()
  await screen.name.fill('Work laptop')
  await screen.save.click()
  await expect(screen.names).toHaveText(['Work laptop'])
  await page.reload()
  await expect(screen.names).toHaveText(['Work laptop'])

  await screen.remove.click()
  await screen.keep.click()
  await expect(screen.names).toHaveText(['Work laptop'])
  await screen.remove.click()
  await screen.confirm.click()
  await expect(screen.said).toHaveText('Work laptop is removed.')
  await expect(screen.cards).toHaveCount(0)
  expect((await world.mail.next(kai.email, 'factor_removed')).text).toContain('/not-me#')
})

test('a second one on the same device is told that there is one, and one that nobody touches is no alarm', async ({
  page,
}) => {
  const authenticator = await addVirtualAuthenticator(page)
  await page.goto('/account/passkeys')
  await signIn(page, kaja)
  const screen = passkeysScreen(page)
  await expect(screen.heading).toBeVisible()
  await screen.add.click()
  await expect(screen.names).toHaveCount(1)
  await screen.add.click()
  await expect(screen.said).toHaveText('This device already has a passkey for your account.')
  await authenticator.setUserVerified(false)
  await authenticator.forget()
  await screen.add.click()
  await expect(screen.said).toHaveText('No passkey was made. You can try again whenever you like.')
  await expect(screen.add).toBeVisible()
})

test('in German, and with Arabic from right to left, on a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await addVirtualAuthenticator(page)
  await page.goto('/account/passkeys')
  await signIn(page, keno)
  const screen = passkeysScreen(page)
  await expect(screen.heading).toBeVisible()
  await screen.add.click()
  await expect(screen.names).toHaveCount(1)
  for (const [language, said] of [
    ['de', 'Nur auf einem Gerät'],
    ['ar', 'على جهاز واحد فقط'],
  ] as const) {
    await page.locator('select[autocomplete=language]').selectOption(language)
    await expect(screen.cards).toContainText(said)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  }
})
