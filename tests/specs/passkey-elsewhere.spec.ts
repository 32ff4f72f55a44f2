import { arrive, signIn } from '../flows/sign-in.ts'
import { activityScreen } from '../screens/own-data.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { enrollScreen, passkeyLinkSection, passkeysScreen } from '../screens/passkeys.ts'
import { odin } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'

test('P10 a link lets another device make a passkey: it says whose account it is, works once, and the first page notices', async ({
  page,
  browser,
  world,
  ledger,
}) => {
  await page.goto('/account/passkeys')
  await signIn(page, odin)
  const section = passkeyLinkSection(page)
  await section.make.click()
  await expect(section.qr).toBeVisible()
  const first = (await section.link.textContent()) ?? ''
  await section.cancel.click()
  await expect(section.said).toHaveText('The link no longer works.')
  await section.make.click()
  await expect(section.link).not.toHaveText(first)
  const link = (await section.link.textContent()) ?? ''

  const phone = await (await browser.newContext()).newPage()
  await withoutAutofill(phone)
  await addVirtualAuthenticator(phone)
  await phone.goto(first)
  await expect(enrollScreen(phone).badLink).toBeVisible()
  await phone.goto('about:blank')
  await phone.goto(link)
  expect(phone.url(), 'the token left the address').not.toContain('#')
  await expect(phone.getByText(odin.email)).toBeVisible()
  await enrollScreen(phone).create.click()
  await expect(enrollScreen(phone).done).toBeVisible()

  await expect(section.said).toHaveText('Your other device has a passkey now.')
  await expect(passkeysScreen(page).cards).toHaveCount(1)
  expect((await world.mail.next(odin.email, 'factor_added')).text).toContain('/not-me#')
  await page.goto('/account/activity')
  await expect(activityScreen(page).rows.filter({ hasText: /link|added/ })).toContainText([
    'A way to sign in was added',
    'The link for another device’s passkey was opened',
    'A link was made that lets another device make a passkey',
    'The link for another device’s passkey was cancelled',
    'A link was made that lets another device make a passkey',
  ])
  const request = await arrive(phone, ledger)
  await passkeyButton(phone).button.click()
  await ledger.answer(phone, request)
  await phone.goto('about:blank')
  await phone.goto(link)
  await expect(enrollScreen(phone).badLink).toBeVisible()
  await phone.context().close()
})
