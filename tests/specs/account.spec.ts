import { anotherBrowser } from '../flows/browsers.ts'
import { signIn } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { identifyScreen } from '../screens/identify.ts'
import { signedOutScreen } from '../screens/sign-out.ts'
import { ada, klara, sol, uma } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('the account page says who one is, after a sign-in without an application', async ({ page }) => {
  await page.goto('/')
  await expect(identifyScreen(page).heading).toBeVisible()
  await expect(identifyScreen(page).backToApplication).toHaveCount(0)
  await signIn(page, ada)
  const screen = accountScreen(page)
  await expect(screen.heading).toContainText('Ada')
  await expect(screen.facts).toHaveText(['Ada Lovelace', ada.email, ada.email, 'Acme'])
  await expect(screen.here).toContainText('Chrome on Linux')
  await expect(screen.here).toContainText('Signed in with a password')
  await expect(page).toHaveTitle('Your account - Acme')
})

for (const [locale, written] of [
  ['en-GB', /\b\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d/],
  ['en-US', /\b[A-Z][a-z]+ \d{1,2}, \d{4}, \d{1,2}:\d\d\s[AP]M/],
  ['de-DE', /\b\d\d\.\d\d\.\d{4}, \d\d:\d\d/],
] as const)
  test(`the times of the sessions are written as a reader of ${locale} writes them`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account')
    await signIn(page, ada)
    await expect(accountScreen(page).sessions.first()).toHaveText(written)
    await context.close()
  })

test('ending another browser’s session signs that browser out', async ({ page, browser, baseURL }) => {
  const other = await anotherBrowser(browser, baseURL)
  for (const tab of [other.page, page]) {
    await tab.goto('/account')
    await signIn(tab, sol)
    await expect(accountScreen(tab).heading).toBeVisible()
  }
  await page.reload()
  const screen = accountScreen(page)
  await expect(screen.others).toHaveCount(1)
  await screen.end.click()
  await expect(screen.dialog).toContainText('will have to sign in again. This browser stays.')
  await expect(screen.keep).toBeFocused()
  await screen.confirmOne.click()
  await expect(page.getByText('1 session ended.')).toBeAttached()
  await expect(screen.others).toHaveCount(0)

  await other.page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sol')
  await expect(other.page).toHaveURL(/\/login\//)
  await other.context.close()
})

test('all other sessions end at once, and this browser stays', async ({ page, browser, baseURL }) => {
  const others = [await anotherBrowser(browser, baseURL), await anotherBrowser(browser, baseURL)]
  for (const tab of [...others.map((other) => other.page), page]) {
    await tab.goto('/account')
    await signIn(tab, uma)
    await expect(accountScreen(tab).heading).toBeVisible()
  }
  await page.reload()
  const screen = accountScreen(page)
  await expect(screen.others).toHaveCount(2)
  await screen.endOthers.click()
  await screen.confirmAll.click()
  await expect(screen.others).toHaveCount(0)
  await page.reload()
  await expect(screen.heading).toBeVisible()
  for (const { page: tab, context } of others) {
    await tab.reload()
    await expect(tab).toHaveURL(/\/login\//)
    await context.close()
  }
})

test('signing out of the account page ends this session', async ({ page }) => {
  await page.goto('/account')
  await signIn(page, ada)
  await accountScreen(page).signOut.click()
  await expect(signedOutScreen(page).heading).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/login\//)
  await expect(accountScreen(page).heading).toHaveCount(0)
})

test('an ended session is noticed by the page that is still open', async ({ page, context }) => {
  await page.goto('/account')
  await signIn(page, ada)
  await expect(accountScreen(page).heading).toBeVisible()
  const second = await context.newPage()
  await second.goto('/account')
  await accountScreen(second).signOut.click()
  await expect(signedOutScreen(second).heading).toBeVisible()
  await accountScreen(page).signOut.click()
  await expect(page).toHaveURL(/\/login\//)
})

test('the account page stands in the middle in every layout an organization can choose', async ({ page }) => {
  for (const person of [ada, klara]) {
    await page.goto('/account')
    await signIn(page, person)
    await expect(accountScreen(page).elsewhere).toBeVisible()
    const { x = 0, width = 0 } = (await page.locator('main').boundingBox()) ?? {}
    expect(Math.abs(x + width / 2 - 640)).toBeLessThan(10)
    await page.context().clearCookies()
  }
})
