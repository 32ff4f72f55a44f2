import { anotherBrowser } from '../flows/browsers.ts'
import { arrive, enterPassword, identify, signIn } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { contactScreen } from '../screens/contacts.ts'
import { identifyScreen } from '../screens/identify.ts'
import { activityScreen, pressScreen } from '../screens/own-data.ts'
import { profileScreen } from '../screens/profile.ts'
import { PASSWORD, residents } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const [, , , , , , , , pavel, petra, philo, pax] = residents
const FRESH = 'seven quiet lanterns burn'

test('what one does is listed at once, with its time and browser, newest first', async ({ page, ledger }) => {
  await page.goto('/account/profile')
  await signIn(page, philo!)
  const profile = profileScreen(page)
  await profile.field('nickname').fill('Phil')
  await profile.save.click()
  await expect(profile.notice).toHaveText('Saved.')
  const request = await arrive(page, ledger)
  await ledger.answer(page, request)
  await page.goto('/account/activity')
  const { rows } = activityScreen(page)
  await expect(rows.nth(0)).toContainText('Opened Ledger')
  await expect(rows.nth(1)).toContainText('Your profile was changed')
  await expect(rows.nth(2)).toContainText('Signed in')
  await expect(rows.nth(2)).toContainText('Chrome on Linux')
})

test('more of it is shown by a button, and the first of what came takes the focus', async ({ page, ledger }) => {
  await page.goto('/account')
  await signIn(page, pax!)
  await expect(accountScreen(page).menu).toBeVisible()
  for (let nth = 0; nth < 25; nth++) await ledger.answer(page, await arrive(page, ledger))
  await page.goto('/account/activity')
  const { rows, more } = activityScreen(page)
  await expect(rows).toHaveCount(20)
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(rows.nth(20)).toBeFocused()
  await expect(more).toHaveCount(0)
  expect(await rows.count()).toBeGreaterThan(25)
})

for (const [locale, person, done] of [
  ['en-GB', pavel!, 'Every other session has ended, and applications have no access any more.'],
  ['ar', petra!, 'انتهت كل الجلسات الأخرى'],
] as const)
  test(`${locale}: "this was not me" ends everything else, asks for a new password, and one is back`, async ({
    browser,
    baseURL,
    ledger,
    world,
  }) => {
    const intruder = await anotherBrowser(browser, baseURL)
    await intruder.page.goto('/account')
    await signIn(intruder.page, person)
    await expect(accountScreen(intruder.page).menu).toBeVisible()
    const tokens = await (async () => {
      const request = await arrive(intruder.page, ledger, { scope: 'openid' })
      return ledger.redeem(request, await ledger.answer(intruder.page, request))
    })()

    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account/activity')
    await signIn(page, person)
    const screen = activityScreen(page)
    await screen.notMe.click()
    await page.keyboard.press('Escape')
    await expect(screen.notMe).toBeFocused()
    await screen.notMe.click()
    await screen.secure.click()
    await expect(screen.notice).toContainText(done)
    await expect(screen.newPassword).toBeFocused()
    await world.mail.next(person.email, 'intrusion_reported')

    const headers = { authorization: `Bearer ${tokens.access_token}` }
    expect((await fetch(`${world.origin}/oidc/v1/userinfo`, { headers })).status).toBe(401)
    await intruder.page.goto('/account')
    await expect(intruder.page).not.toHaveURL('/account')
    await intruder.context.close()

    await page.keyboard.press('Enter')
    await page.locator('[name=newPassword]').fill(FRESH)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/account/password')
    await page.goto('/account/activity')
    await expect(screen.rows.first()).toBeVisible()
    await context.close()
  })

test('the link of a notice says the same without a sign-in, and then no password opens the account', async ({
  page,
  browser,
  baseURL,
  world,
}) => {
  await page.goto('/account/phone')
  await signIn(page, philo!)
  const phone = contactScreen(page)
  await phone.value.fill('+49 30 901 821')
  await phone.send.click()
  const { code } = await world.mail.next('+4930901821', 'verify_phone')
  await phone.code.fill(code!)
  await phone.confirm.click()
  const { link } = await world.mail.next(philo!.email, 'phone_changed')
  const elsewhere = await anotherBrowser(browser, baseURL)
  await elsewhere.page.goto(link!)
  await pressScreen(elsewhere.page).press.click()
  await expect(pressScreen(elsewhere.page).heading).toHaveText('Nobody gets in any more')
  await pressScreen(elsewhere.page).onwards.click()
  await expect(identifyScreen(elsewhere.page).identifier).toBeVisible()
  await identify(elsewhere.page, philo!.email)
  await enterPassword(elsewhere.page, PASSWORD)
  await expect(elsewhere.page.getByText('don’t match')).toBeVisible()
  await elsewhere.context.close()
  await page.goto('/account')
  await expect(page).not.toHaveURL('/account')
})
