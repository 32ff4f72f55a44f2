import type { Page } from '@playwright/test'
import { arrive, failUntilLocked, identify, signIn } from '../flows/sign-in.ts'
import { lockedScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { passkeysScreen } from '../screens/passkeys.ts'
import { passwordScreen } from '../screens/password.ts'
import { keyHolders, type Person } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'

const [, , , kira, koji, kurt, kaya, kemal, kim, kit] = keyHolders as Person[]

/** Somebody adds a passkey to their account and leaves; the device keeps it. */
async function withPasskey(page: Page, person: Person) {
  const authenticator = await addVirtualAuthenticator(page)
  await authenticator.setPresence(true)
  await page.goto('/account/passkeys')
  await signIn(page, person)
  const screen = passkeysScreen(page)
  await expect(screen.heading).toBeVisible()
  await screen.add.click()
  await expect(screen.cards).toHaveCount(1)
  await page.context().clearCookies()
  return authenticator
}

test('a passkey signs in by the button, without a name, as two factors', async ({ page, ledger }) => {
  await withoutAutofill(page)
  await withPasskey(page, kira!)
  const request = await arrive(page, ledger)
  await passkeyButton(page).button.click()
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] })
})

test('a passkey signs in by itself beside the field, where nobody typed anything', async ({ page, ledger }) => {
  await withPasskey(page, koji!)
  const request = await arrive(page, ledger)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'phr' })
})

test('a prompt that nobody answers leads back with everything else, and the password still works', async ({
  page,
  ledger,
}) => {
  await withoutAutofill(page)
  const authenticator = await withPasskey(page, kurt!)
  await authenticator.setUserVerified(false)
  const request = await arrive(page, ledger)
  const { button, said } = passkeyButton(page)
  await button.click()
  await expect(said).toHaveText('No passkey was used. Try again, or choose another way.')
  await expect(identifyScreen(page).identifier).toBeEnabled()
  await identify(page, kurt!.email)
  await button.click()
  await expect(said).toHaveText('No passkey was used. Try again, or choose another way.')
  await authenticator.setUserVerified(true)
  await button.click()
  await ledger.answer(page, request)
})

test('a passkey of somebody else than was named is refused', async ({ page, ledger }) => {
  await withoutAutofill(page)
  await withPasskey(page, kaya!)
  await arrive(page, ledger)
  await identify(page, kit!.email)
  const { button, problem } = passkeyButton(page)
  await button.click()
  await expect(problem).toHaveText('That passkey doesn’t fit here. Try another one, or another way in.')
  await expect(passwordScreen(page).password).toBeVisible()
})

test('a lock after wrong passwords leaves the passkey', async ({ page, ledger }) => {
  await withoutAutofill(page)
  await withPasskey(page, kemal!)
  const request = await arrive(page, ledger)
  await identify(page, kemal!.email)
  await failUntilLocked(page)
  await expect(lockedScreen(page).heading).toBeVisible()
  await passkeyButton(page).button.click()
  await ledger.answer(page, request)
})

test('a passkey that was removed is not known any more, which the browser is told', async ({
  page,
  browser,
  ledger,
}) => {
  await withoutAutofill(page)
  await withPasskey(page, kim!)
  const other = await browser.newContext()
  const tab = await other.newPage()
  await tab.goto(new URL('/account/passkeys', page.url()).href)
  await signIn(tab, kim!)
  await passkeysScreen(tab).remove.click()
  await passkeysScreen(tab).confirm.click()
  await expect(passkeysScreen(tab).cards).toHaveCount(0)
  await other.close()
  await page.addInitScript(() => {
    const told: string[] = []
    Object.assign(PublicKeyCredential, {
      signalUnknownCredential: ({ credentialId }: { credentialId: string }) => Promise.resolve(told.push(credentialId)),
    })
    Object.assign(globalThis, { told })
  })
  await arrive(page, ledger)
  const { button, problem } = passkeyButton(page)
  await button.click()
  await expect(problem).toHaveText('We don’t know this passkey any more. Try another one, or another way in.')
  expect(await page.evaluate(() => (globalThis as unknown as { told: string[] }).told)).toHaveLength(1)
})
