import { enterPassword, identify, signIn } from '../flows/sign-in.ts'
import { contactScreen } from '../screens/contacts.ts'
import { passwordScreen } from '../screens/password.ts'
import { profileScreen } from '../screens/profile.ts'
import { configuration } from '../support/configuration.ts'
import { createMail } from '../support/mail.ts'
import { hugo, otto, PASSWORD, vera } from '../support/people.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const otherThan = (code: string) => String((Number(code.replace(/\D/g, '')) + 1) % 1_000_000).padStart(6, '0')

for (const [locale, email, person, subject] of [
  ['en-GB', 'hugo@elsewhere.test', hugo, 'Your email address was changed'],
  ['ja-JP', 'otto@elsewhere.test', otto, 'メールアドレスが変更されました'],
] as const)
  test(`${locale}: an address is replaced by the code that was sent to the new one, and the old one is told`, async ({
    browser,
    baseURL,
    world,
  }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account/email')
    await signIn(page, person)
    const screen = contactScreen(page)
    await screen.value.fill(email)
    await screen.send.click()
    const { code } = await world.mail.next(email, 'email_change_code')
    await expect(screen.present).toContainText(person.email)

    await screen.code.fill(otherThan(code!))
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
    await expect(screen.code).toHaveValue(otherThan(code!))
    await screen.code.fill(`${code!.slice(0, 3)} ${code!.slice(3)}`)
    await page.keyboard.press('Enter')
    await expect(screen.notice).toContainText(email)
    await expect(screen.present).toContainText(email)
    const notice = await world.mail.next(person.email, 'email_changed')
    expect(notice.text).toContain('••@')
    expect(notice.subject).toBe(subject)

    await context.clearCookies()
    await page.goto('/account')
    await identify(page, email)
    await enterPassword(page)
    await expect(page).toHaveURL('/account')
    await context.close()
  })

test('a number is confirmed by a text message, and taken away', async ({ page, world }) => {
  await page.goto('/account/profile')
  await signIn(page, vera)
  await page.locator('main a[href="/account/phone"]').click()
  const screen = contactScreen(page)
  await expect(screen.heading).toBeFocused()
  await screen.value.fill('+49 30 901 820')
  await screen.send.click()
  const { code } = await world.mail.next('+4930901820', 'verify_phone')
  await screen.code.fill(code!)
  await screen.confirm.click()
  await expect(screen.present).toContainText('+4930901820')
  await screen.remove.click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove it' }).click()
  await expect(screen.present).toHaveCount(0)
  await world.mail.next(vera.email, 'phone_changed')
})

test('what is typed wrong is said beside the field; an address of somebody else looks like any other', async ({
  page,
  world,
}) => {
  await page.goto('/account/email')
  await signIn(page, vera)
  const screen = contactScreen(page)
  await screen.value.fill('vera@')
  await screen.send.click()
  await expect(screen.error).toBeVisible()
  await expect(screen.value).toHaveValue('vera@')
  await screen.value.fill('ada@acme.test')
  await screen.send.click()
  await expect(screen.code).toBeVisible()
  await world.mail.next('ada@acme.test', 'address_taken')
  await page.getByRole('button', { name: 'Leave everything as it is' }).click()
  await expect(screen.value).toHaveValue('')
  await expect(screen.present).toContainText(vera.email)
})

test('with an old sign-in the password is asked for first, and one is back with what was typed; a code grows old', async ({
  page,
}) => {
  const server = await startServer(configuration('http://localhost:1'), {
    MAIL_URL: 'outbox:',
    NODE_ENV: 'development',
  })
  try {
    const mail = createMail(server.origin)
    await page.goto(`${server.origin}/account/email`)
    await signIn(page, vera)
    const screen = contactScreen(page)
    await expect(screen.value).toBeVisible()
    await server.restart({ aheadBy: 301 })
    await screen.value.fill('vera@new.test')
    await screen.send.click()
    await expect(passwordScreen(page).reasons).toContainText('confirm that it’s you')
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toContain('vera@new.test')
    await enterPassword(page)
    await expect(page).toHaveURL(`${server.origin}/account/email`)
    await expect(screen.value).toHaveValue('vera@new.test')
    await expect(screen.notice).toContainText('What you typed is still here')
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(PASSWORD)
    await screen.send.click()
    const first = await mail.next('vera@new.test', 'email_change_code')

    await server.restart({ aheadBy: 301 + 601 })
    await screen.code.fill(first.code!)
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
    await page.reload()
    await screen.resend.click()
    const second = await mail.next('vera@new.test', 'email_change_code', [first])
    await screen.code.fill(second.code!)
    await screen.confirm.click()
    await expect(screen.notice).toContainText('vera@new.test')
  } finally {
    await server.stop()
  }
})

test('another user name signs in, and one that is taken is said beside the field', async ({ page }) => {
  await page.goto('/account/username')
  await signIn(page, vera)
  const screen = contactScreen(page)
  await screen.username.fill('ada')
  await screen.save.click()
  await expect(screen.error).toBeVisible()
  await screen.username.fill('vera.h')
  await screen.save.click()
  await expect(screen.notice).toHaveText('Saved.')
  await profileScreen(page).room('Profile').click()
  await expect(page.getByText('vera.h')).toBeVisible()
})
