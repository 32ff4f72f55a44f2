import { planDeletion } from '../flows/leave.ts'
import { arrive, signIn } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { dataScreen, pressScreen } from '../screens/own-data.ts'
import { residents } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const [, , pepe, paz, pim] = residents

for (const [locale, person, kept] of [
  ['en-GB', pepe!, 'Your account stays.'],
  ['es-ES', paz!, 'Tu cuenta se conserva.'],
] as const)
  test(`${locale}: whoever wishes to go has one room left, and stays by one press there`, async ({
    browser,
    baseURL,
    world,
  }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account/data')
    await signIn(page, person)
    const screen = dataScreen(page)
    await screen.delete.click()
    await screen.loginName.fill('somebody.else')
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
    await expect(screen.loginName).toBeFocused()
    await page.keyboard.press('Escape')
    await planDeletion(page, person)
    await expect(screen.heading).toBeFocused()
    await world.mail.next(person.email, 'deletion_planned')

    for (const room of ['/account', '/account/profile', '/account/sessions']) {
      await page.goto(room)
      await expect(screen.keep).toBeVisible()
      await expect(page.getByRole('navigation')).toHaveCount(0)
    }
    expect((await page.request.get('/api/me/profile')).status()).toBe(409)

    const other = await context.newPage()
    await other.goto('/account/sessions')
    await screen.keep.click()
    await expect(screen.kept).toHaveText(kept)
    await expect(screen.kept).toBeFocused()
    await expect(page.locator('main section')).not.toHaveCount(0)
    await other.reload()
    await expect(other.getByRole('navigation')).toBeVisible()
    await context.close()
  })

test('an application leads to the way back, and so does the link of the mail, in any browser', async ({
  page,
  browser,
  baseURL,
  ledger,
  world,
}) => {
  await page.goto('/account/data')
  await signIn(page, pim!)
  await planDeletion(page, pim!)
  const mail = await world.mail.next(pim!.email, 'deletion_planned')
  await arrive(page, ledger)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This account will be deleted')

  const elsewhere = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: 'en-GB' })
  const tab = await elsewhere.newPage()
  await tab.goto(mail.link!)
  expect(tab.url()).not.toContain('vl_')
  await pressScreen(tab).press.click()
  await expect(pressScreen(tab).heading).toHaveText('Your account stays')
  await expect(pressScreen(tab).heading).toBeFocused()
  await tab.goto('about:blank')
  await tab.goto(mail.link!)
  await pressScreen(tab).press.click()
  await expect(pressScreen(tab).heading).toHaveText('This link doesn’t work any more')
  await elsewhere.close()

  await page.goto('/account')
  await expect(accountScreen(page).heading).toBeVisible()
})
