import { anotherBrowser, closeBrowser } from '../flows/browsers.ts'
import { arrive, enterPassword, identify, signIn, signInTo } from '../flows/sign-in.ts'
import { pressScreen } from '../screens/own-data.ts'
import { anyScreen } from '../screens/page.ts'
import { passwordScreen } from '../screens/password.ts'
import { movers } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const [mara, mehdi] = movers

for (const [locale, person, subject] of [
  ['en', mara, 'Your account was used in a new browser'],
  ['fr', mehdi, 'Votre compte a été utilisé dans un nouveau navigateur'],
] as const)
  test(`${locale}: whoever signs in in a browser for the first time is told by mail, once; by its link a stranger is out`, async ({
    browser,
    page,
    baseURL,
    ledger,
    world,
  }) => {
    const request = await arrive(page, ledger)
    await anyScreen(page).language.selectOption(locale)
    await signIn(page, person)
    await ledger.answer(page, request)
    const first = await world.mail.next(person.email, 'new_device')
    await closeBrowser(page)
    await signInTo(page, ledger, person)
    expect(await world.mail.list(person.email)).toEqual([first])

    const stranger = await anotherBrowser(browser, baseURL)
    await signInTo(stranger.page, ledger, person)
    const { subject: said, text, link } = await world.mail.next(person.email, 'new_device', [first])
    expect(said).toBe(subject)
    expect(text).toContain('Chrome')

    await page.goto(link!)
    await pressScreen(page).press.click()
    await expect(pressScreen(page).onwards).toBeVisible()
    await stranger.context.clearCookies()
    await arrive(stranger.page, ledger)
    await identify(stranger.page, person.email)
    await enterPassword(stranger.page)
    await expect(passwordScreen(stranger.page).fieldError).toBeVisible()
    await stranger.context.close()
  })
