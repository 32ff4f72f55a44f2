import { anotherBrowser } from '../flows/browsers.ts'
import { arrive, signIn, signInTo } from '../flows/sign-in.ts'
import { profileScreen } from '../screens/profile.ts'
import { iris, vera } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('what one says of oneself reaches the applications, and nothing else does', async ({ page, ledger, world }) => {
  await page.goto('/account/profile')
  await signIn(page, iris)
  const screen = profileScreen(page)
  await expect(screen.heading).toBeVisible()
  await screen.field('nickname').fill('Iris the Great')
  await screen.field('birthDay').fill('29')
  await screen.field('birthMonth').selectOption('02')
  await screen.field('zoneinfo').selectOption('Asia/Tokyo')
  await screen.field('website').fill('https://iris.example/')
  await screen.field('streetAddress').fill('1 Rainbow Road\nBack yard')
  await screen.field('country').fill('France')
  await screen.save.click()
  await expect(screen.notice).toHaveText('Saved.')

  await page.context().clearCookies()
  const { access_token } = await signInTo(page, ledger, iris, { scope: 'openid profile address' })
  const answer = await fetch(`${world.origin}/oidc/v1/userinfo`, {
    headers: { authorization: `Bearer ${access_token}` },
  })
  expect(await answer.json()).toMatchObject({
    nickname: 'Iris the Great',
    birthdate: '0000-02-29',
    zoneinfo: 'Asia/Tokyo',
    website: 'https://iris.example/',
    address: { street_address: '1 Rainbow Road\nBack yard', country: 'France' },
    name: iris.name,
  })
})

test('a new name is in the menu at once, and at the next sign-in', async ({ page, ledger }) => {
  await page.goto('/account/profile')
  await signIn(page, vera)
  const screen = profileScreen(page)
  await screen.field('displayName').fill('Vera <b>Bold</b> {{t}}')
  await screen.save.click()
  await expect(screen.menu).toContainText('Vera <b>Bold</b> {{t}}')
  await expect(page.locator('main b')).toHaveCount(0)
  await arrive(page, ledger, { prompt: 'select_account' })
  await expect(page.getByText('Vera <b>Bold</b> {{t}}')).toBeVisible()
})

test('of two tabs the second hears of the first, and loses nothing', async ({ page, context }) => {
  await page.goto('/account/profile')
  await signIn(page, iris)
  const screen = profileScreen(page)
  await screen.field('middleName').fill('Typed here')
  const second = await context.newPage()
  await second.goto('/account/profile')
  await profileScreen(second).field('familyName').fill('Changed there')
  await profileScreen(second).save.click()
  await expect(profileScreen(second).notice).toHaveText('Saved.')

  await screen.save.click()
  await expect(screen.notice).toContainText('changed somewhere else')
  await expect(screen.field('familyName')).toHaveValue('Changed there')
  await expect(screen.field('middleName')).toHaveValue('Typed here')
  await screen.save.click()
  await expect(screen.notice).toHaveText('Saved.')
})

test('in Arabic: what is wrong is said beside the fields, and corrected', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: 'ar' })
  const page = await context.newPage()
  await page.goto('/account/profile')
  await signIn(page, iris)
  const screen = profileScreen(page)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await screen.field('website').fill('iris.example')
  await screen.field('birthYear').fill('12')
  await screen.save.click()
  await expect(screen.summary).toBeFocused()
  await expect(screen.error('website')).toBeVisible()
  await screen.field('website').fill('https://iris.example/ar')
  await screen.field('birthYear').fill('2000')
  await screen.save.click()
  await expect(screen.notice).toHaveText('تم الحفظ.')
  await context.close()
})

test('dark stays dark from the first byte, in this browser', async ({ page, browser, baseURL }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/account/profile')
  await signIn(page, vera)
  const screen = profileScreen(page)
  await screen.appearance('Dark').check()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const answer = await page.goto('/account')
  expect(await answer?.text()).toContain('data-theme="dark"')
  const other = await anotherBrowser(browser, baseURL)
  expect(await (await other.page.goto('/account'))?.text()).not.toMatch(/<html[^>]*data-theme/)
  await other.context.close()
})
