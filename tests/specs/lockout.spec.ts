import type { Page } from '@playwright/test'
import { arrive, enterPassword, failUntilLocked, identify, signIn } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { lockedScreen } from '../screens/endings.ts'
import { passwordScreen } from '../screens/password.ts'
import { type Application, createApplication } from '../support/application.ts'
import { ada, ben, greta } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { startWorld, type World } from '../support/world.ts'

let strict: World
let ledger: Application
test.beforeAll(async () => {
  strict = await startWorld({ policies: { lockout: { maxFailures: 1 } } })
  ledger = createApplication(strict.origin, strict.relyingParty, 'ledger')
})
test.afterAll(() => strict.stop())

async function failOnce(page: Page, name: string): Promise<void> {
  await arrive(page, ledger, { prompt: 'select_account' })
  await identify(page, name)
  await enterPassword(page, 'not the password')
}

test('with a limit of one the first wrong password locks, in every language, until the time is over', async ({
  page,
  browser,
}) => {
  await failOnce(page, ada.email)
  const screen = lockedScreen(page)
  await expect(screen.heading).toBeFocused()
  await expect(screen.text).toContainText('You can try again in 15 minutes.')
  await expect(passwordScreen(page).password).toHaveCount(0)

  await screen.language.selectOption('ar')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.getByRole('heading', { level: 1, name: 'محاولات كثيرة' })).toBeVisible()
  await expect(screen.text).toContainText('يمكنك المحاولة مرة أخرى خلال 15 دقيقة')

  const elsewhere = await (await browser.newContext()).newPage()
  const request = await arrive(elsewhere, ledger)
  await elsewhere.locator('input[name=identifier]').fill('ADA')
  await elsewhere.keyboard.press('Enter')
  await expect(lockedScreen(elsewhere).heading).toBeFocused()

  await strict.restart({ aheadBy: 901 })
  await elsewhere.reload()
  await enterPassword(elsewhere)
  await ledger.redeem(request, await ledger.answer(elsewhere, request))
  await elsewhere.context().close()
})

test('whoever is signed in stays signed in while others guess', async ({ page, browser }) => {
  await page.goto(`${strict.origin}/account`)
  await signIn(page, ben)
  await expect(accountScreen(page).heading).toContainText(ben.givenName)
  const elsewhere = await (await browser.newContext()).newPage()
  await failOnce(elsewhere, ben.email)
  await expect(lockedScreen(elsewhere).heading).toBeVisible()
  await page.reload()
  await expect(accountScreen(page).heading).toContainText(ben.givenName)

  expect(await strict.vestibule('user', 'unlock', 'ben')).toContain('ben is unlocked.')
  await elsewhere.reload()
  await enterPassword(elsewhere)
  await elsewhere.waitForURL((url) => url.href.startsWith(ledger.redirectUri))
  await elsewhere.context().close()
})

for (const name of [greta.email, 'stranger@kruste.test'])
  test(`ten wrong passwords lock ${name}, and another account is one press away`, async ({ page, oven }) => {
    await arrive(page, oven)
    await identify(page, name)
    await failUntilLocked(page)
    const screen = lockedScreen(page)
    await expect(screen.chip).toContainText(name)
    await expect(screen.text).toContainText('You can try again in 15 minutes.')
    await screen.another.click()
    await expect(page.locator('input[name=identifier]')).toBeFocused()
  })
