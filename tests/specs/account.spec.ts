import { anotherBrowser } from '../flows/browsers.ts'
import { enterPassword, signIn } from '../flows/sign-in.ts'
import { accountScreen, sessionsScreen } from '../screens/account.ts'
import { identifyScreen } from '../screens/identify.ts'
import { pickerScreen } from '../screens/picker.ts'
import { signedOutScreen } from '../screens/sign-out.ts'
import { ada, ben, iris, klara, nora, sol, uma } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('the account page says who one is, after a sign-in without an application', async ({ page }) => {
  await page.goto('/')
  await expect(identifyScreen(page).heading).toBeVisible()
  await expect(identifyScreen(page).backToApplication).toHaveCount(0)
  await signIn(page, ada)
  const screen = accountScreen(page)
  await expect(screen.heading).toContainText('Ada')
  await expect(screen.facts).toHaveText(['Ada Lovelace', ada.email, ada.email, 'Acme'])
  await expect(page).toHaveTitle('Your account - Acme')
})

test('whoever opens a room is brought there after the sign-in', async ({ page }) => {
  await page.goto('/account/sessions')
  await signIn(page, ada)
  await expect(page).toHaveURL('/account/sessions')
  const screen = sessionsScreen(page)
  await expect(screen.here).toContainText('Chrome on Linux')
  await expect(screen.here).toContainText('Signed in with a password')
  await expect(page).toHaveTitle('Sessions - Acme')
})

test('from room to room the heading takes the focus, back is back, and a room that is not there says so', async ({
  page,
}) => {
  await page.goto('/account')
  await signIn(page, ada)
  const [overview, sessions] = [accountScreen(page), sessionsScreen(page)]
  await overview.room('Sessions').click()
  await expect(sessions.heading).toBeFocused()
  await expect(sessions.room('Sessions')).toHaveAttribute('aria-current', 'page')
  await page.goBack()
  await expect(overview.heading).toBeFocused()
  await expect(page).toHaveTitle('Your account - Acme')

  expect((await page.goto('/account/nothing'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'There’s nothing here' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(overview.skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test('on a phone the rooms are one line that says where one is, opens, and closes behind whoever goes on', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/account')
  await signIn(page, ada)
  const { rooms, room } = accountScreen(page)
  await expect(room('Sessions')).toHaveCount(0)
  const line = rooms.getByRole('button')
  await expect(line).toHaveText('Overview')
  await line.press('Enter')
  await expect(line).toHaveAttribute('aria-expanded', 'true')
  await room('Sessions').click()
  await expect(sessionsScreen(page).heading).toBeFocused()
  await expect(line).toHaveText('Sessions')
  await expect(room('Sessions')).toHaveCount(0)
})

test('the pages of another account of this browser are opened by the menu', async ({ page }) => {
  await page.goto('/account')
  await signIn(page, ada)
  const screen = accountScreen(page)
  await screen.menu.click()
  await screen.useAnother.click()
  await pickerScreen(page).another.click()
  await signIn(page, ben)
  await expect(screen.heading).toContainText('Ben')
  // the other accounts are known before the menu opens, and so its first row is one of them
  await page.waitForLoadState('networkidle')

  await page.keyboard.press('Tab')
  await screen.menu.focus()
  await page.keyboard.press('Enter')
  await expect(screen.switchTo('Ada Lovelace')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(screen.heading).toContainText('Ada')
})

test('what an open page of one account is asked to do is not done to another', async ({ page, context }) => {
  await page.goto('/account')
  await signIn(page, ada)
  await expect(accountScreen(page).heading).toContainText('Ada')
  const second = await context.newPage()
  await second.goto('/account')
  const screen = accountScreen(second)
  await screen.menu.click()
  await screen.useAnother.click()
  await pickerScreen(second).another.click()
  await signIn(second, ben)
  await expect(screen.heading).toContainText('Ben')

  await accountScreen(page).menu.click()
  await accountScreen(page).signOut.click()
  // nobody was signed out: the page shows whose turn it is
  await expect(accountScreen(page).heading).toContainText('Ben')
  await screen.menu.click()
  await expect(screen.switchTo('Ada Lovelace')).toContainText('Signed in')
})

for (const [locale, written] of [
  ['en-GB', /\b\d{1,2}\s[A-Z][a-z]+\s\d{4},\s\d\d:\d\d/],
  ['en-US', /\b[A-Z][a-z]+\s\d{1,2},\s\d{4},\s\d{1,2}:\d\d\s[AP]M/],
  ['de-DE', /\b\d\d\.\d\d\.\d{4},\s\d\d:\d\d/],
] as const)
  test(`the times of the sessions are written as a reader of ${locale} writes them`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account/sessions')
    // somebody for whom no test chooses a language
    await signIn(page, nora)
    await expect(sessionsScreen(page).sessions.first()).toHaveText(written)
    await context.close()
  })

test('ending another browser’s session signs that browser out', async ({ page, browser, baseURL }) => {
  const other = await anotherBrowser(browser, baseURL)
  for (const tab of [other.page, page]) {
    await tab.goto('/account/sessions')
    await signIn(tab, sol)
    await expect(sessionsScreen(tab).heading).toBeVisible()
  }
  const screen = sessionsScreen(page)
  await expect(screen.others).toHaveCount(1)
  await screen.end.click()
  await expect(screen.dialog).toContainText('will have to sign in again. This browser stays.')
  await expect(screen.keep).toBeFocused()
  await screen.confirmOne.click()
  await expect(page.getByText('1 session ended.')).toBeAttached()
  await expect(screen.others).toHaveCount(0)

  await other.page.reload()
  await expect(other.page).toHaveURL(/\/login\//)
  await other.context.close()
})

test('all other sessions end at once, and this browser stays', async ({ page, browser, baseURL }) => {
  const others = [await anotherBrowser(browser, baseURL), await anotherBrowser(browser, baseURL)]
  for (const tab of [...others.map((other) => other.page), page]) {
    await tab.goto('/account/sessions')
    await signIn(tab, uma)
    await expect(sessionsScreen(tab).heading).toBeVisible()
  }
  const screen = sessionsScreen(page)
  await expect(screen.others).toHaveCount(2)
  await screen.endOthers.click()
  await screen.confirmAll.click()
  await expect(screen.others).toHaveCount(0)
  for (const { page: tab, context } of others) {
    await tab.reload()
    await expect(tab).toHaveURL(/\/login\//)
    await context.close()
  }
})

test('signing out everywhere ends the sessions of every browser, and leads to the last page', async ({
  page,
  browser,
  baseURL,
}) => {
  const other = await anotherBrowser(browser, baseURL)
  for (const tab of [other.page, page]) {
    await tab.goto('/account/sessions')
    await signIn(tab, iris)
    await expect(sessionsScreen(tab).heading).toBeVisible()
  }
  const screen = sessionsScreen(page)
  await screen.everywhere.click()
  await screen.confirmEverywhere.click()
  await expect(signedOutScreen(page).heading).toBeVisible()
  for (const tab of [page, other.page]) {
    await tab.goto('/account')
    await expect(tab).toHaveURL(/\/login\//)
  }
  await other.context.close()
})

test('signing out of the account pages ends this session', async ({ page }) => {
  await page.goto('/account')
  await signIn(page, ada)
  await accountScreen(page).menu.click()
  await accountScreen(page).signOut.click()
  await expect(signedOutScreen(page).heading).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/login\//)
  await expect(accountScreen(page).heading).toHaveCount(0)
})

test('an ended session is noticed by the page that is still open, and one comes back to it', async ({
  page,
  context,
}) => {
  await page.goto('/account/sessions')
  await signIn(page, ada)
  await expect(sessionsScreen(page).here).toBeVisible()
  const second = await context.newPage()
  await second.goto('/account/sessions')
  await sessionsScreen(second).signOutHere.click()
  await expect(signedOutScreen(second).heading).toBeVisible()
  await sessionsScreen(page).signOutHere.click()
  await expect(page).toHaveURL(/\/login\//)
  await pickerScreen(page).account(ada).click()
  await enterPassword(page)
  await expect(sessionsScreen(page).here).toBeVisible()
})

test('the account pages stand in the middle in every layout an organization can choose', async ({ page }) => {
  for (const person of [ada, klara]) {
    await page.goto('/account')
    await signIn(page, person)
    await expect(accountScreen(page).heading).toBeVisible()
    const { x = 0, width = 0 } = (await page.locator('.desk').boundingBox()) ?? {}
    expect(Math.abs(x + width / 2 - 640)).toBeLessThan(10)
    await page.context().clearCookies()
  }
})
