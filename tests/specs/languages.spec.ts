import type { Page } from '@playwright/test'
import { arrive, enterPassword, identify, signIn } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { anyScreen } from '../screens/page.ts'
import { passwordScreen } from '../screens/password.ts'
import { ada, yuki } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

for (const [wish, lang, dir, heading] of [
  ['ar', 'ar', 'rtl', 'تسجيل الدخول'],
  ['xx ja-JP en', 'ja', 'ltr', 'ログイン'],
  ['de-AT', 'de', 'ltr', 'Anmelden'],
] as const) {
  test(`ui_locales=${wish} is ${lang} in the first bytes, ${dir}, and the whole way through`, async ({
    page,
    ledger,
  }) => {
    const request = ledger.begin({ ui_locales: wish })
    const response = await page.goto(request.url)
    expect(await response?.text()).toContain(`<html lang="${lang}" dir="${dir}">`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await identify(page, ada.email)
    await expect(page.locator('html')).toHaveAttribute('lang', lang)
    await expect(passwordScreen(page).password).toHaveCSS('direction', 'ltr')
    await enterPassword(page)
    expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
  })
}

test('in Arabic the page is mirrored, and what is typed is not', async ({ page, ledger }) => {
  await arrive(page, ledger, { ui_locales: 'ar' })
  const { identifier } = identifyScreen(page)
  await expect(page.locator('html')).toHaveCSS('direction', 'rtl')
  await expect(identifier).toHaveCSS('direction', 'ltr')
  await identify(page, ada.email)
  const chip = page.locator('.chip')
  const avatar = await chip.locator('.avatar').boundingBox()
  const button = await chip.getByRole('button').boundingBox()
  expect(avatar?.x).toBeGreaterThan(button?.x ?? Infinity)
})

test('switching the language keeps the step and what was typed, and stays chosen', async ({ page, ledger }) => {
  const request = await arrive(page, ledger, { ui_locales: 'en' })
  const { identifier, language } = identifyScreen(page)
  await identifier.fill(yuki.email)
  await language.selectOption('ar')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('تسجيل الدخول')
  await expect(identifier).toHaveValue(yuki.email)
  await expect(page).toHaveTitle(/^تسجيل الدخول/)

  // the choice is younger than the application's wish
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
  await identify(page, yuki.email)
  await passwordScreen(page).password.fill('half a pass')
  await language.selectOption('de')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Geben Sie Ihr Passwort ein')
  await expect(passwordScreen(page).password).toHaveValue('half a pass')
  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('half-way through the password the language changes twice, and nothing is asked again', async ({
  page,
  ledger,
}) => {
  const request = await arrive(page, ledger, { ui_locales: 'en' })
  const { chip, hiddenIdentifier, password, staySignedIn, language } = passwordScreen(page)
  await identify(page, yuki.email)
  await password.fill('four words')
  await staySignedIn.check()
  for (const [code, heading] of [
    ['ja', 'パスワードを入力してください'],
    ['ar', 'إدخال كلمة المرور'],
  ] as const) {
    await language.selectOption(code)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await expect(chip).toContainText(yuki.email)
    await expect(hiddenIdentifier).toHaveValue(yuki.email)
    await expect(password).toHaveValue('four words')
    await expect(page.getByRole('checkbox')).toBeChecked()
  }
  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('L2 a language chosen on the account pages is there in another browser too', async ({ page, browser, world }) => {
  const account = async (tab: Page) => {
    await tab.goto(`${world.origin}/account`)
    await signIn(tab, yuki)
    await expect(tab.locator('.portal')).toBeVisible()
  }
  await account(page)
  await anyScreen(page).language.selectOption('fr')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Bon(jour|soir)\u202f?/)
  const elsewhere = await browser.newContext({ locale: 'ja' })
  const tab = await elsewhere.newPage()
  await account(tab)
  await expect(tab.locator('html')).toHaveAttribute('lang', 'fr')
  await elsewhere.close()
})

test('languages are written in themselves, with lang on each', async ({ page, ledger }) => {
  await arrive(page, ledger)
  const options = page.locator('select[name=language] option')
  await expect(options).toHaveText(['English', 'Deutsch', 'Français', 'Español', 'العربية', '日本語'])
  await expect(options.nth(4)).toHaveAttribute('lang', 'ar')
})

test('without a wish the browser’s own languages count, with their weights', async ({ world }) => {
  const headers = { 'accept-language': 'xx, en;q=0.5 , ja ; q=0.8' }
  const response = await fetch(`${world.origin}/setup`, { headers })
  expect(await response.text()).toContain('<html lang="ja" dir="ltr">')
})

test('a refused request gets its answer in the language it asked for', async ({ page, ledger }) => {
  const response = await page.goto(ledger.begin({ client_id: 'nobody', ui_locales: 'ar' }).url)
  expect((await response?.text())?.slice(0, 60)).toContain('<html lang="ar" dir="rtl">')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('لم ينجح ذلك')
})

test('an error page speaks the language of the browser', async ({ browser, ledger }) => {
  const context = await browser.newContext({ locale: 'ar' })
  const page = await context.newPage()
  await arrive(page, ledger, { client_id: 'nobody' })
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await context.close()
})
