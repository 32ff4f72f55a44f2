import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { choosePassword, enterResetCode, forget, NEW_PASSWORD } from '../flows/reset.ts'
import { arrive, enterPassword } from '../flows/sign-in.ts'
import { passkeyOfferScreen } from '../screens/passkey-offer.ts'
import { finishRegistrationScreen, registerScreen } from '../screens/registration.ts'
import { createApplication } from '../support/application.ts'
import { ada } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'
import { startWorld } from '../support/world.ts'

const ARABIC = { ui_locales: 'ar' }
const BUTTON = 'تسجيل الدخول بمفتاح مرور'

test('بالعربية: من اليمين إلى اليسار حساب جديد بمفتاح مرور، والدخول به، وعرضه بعد كلمة مرور جديدة', async ({
  page,
}) => {
  await withoutAutofill(page)
  const world = await startWorld()
  const ledger = createApplication(world.origin, world.relyingParty, 'ledger')
  const authenticator = await addVirtualAuthenticator(page)
  const { newPassword: _, ...person } = newcomer()
  const made = await arriveToRegister(page, ledger, ARABIC)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await fillIn(page, { ...person, givenName: 'نور', familyName: 'الهاشمي' }, registerScreen(page).byPasskey)
  const mail = await sentTo(page, world, person.email)
  expect(mail.html).toContain('dir="rtl"')
  // as the digits are written there
  await enterCode(
    page,
    mail.code!.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  )
  await authenticator.setUserVerified(false)
  await finishRegistrationScreen(page).create.click()
  await expect(finishRegistrationScreen(page).said).toHaveText(/\p{Script=Arabic}/u)
  await authenticator.setUserVerified(true)
  await finishRegistrationScreen(page).create.click()
  const { claims } = await ledger.redeem(made, await ledger.answer(page, made))
  expect(claims).toMatchObject({ acr: 'phr' })

  await page.context().clearCookies()
  const request = await arrive(page, ledger, ARABIC)
  await page.getByRole('button', { name: BUTTON }).click()
  await ledger.answer(page, request)

  await page.context().clearCookies()
  await authenticator.forget()
  const forgotten = await forget(page, world, ledger, ada, ARABIC)
  await enterResetCode(page, ` ${forgotten.message.code?.toLowerCase()} `)
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  await passkeyOfferScreen(page).create.click()
  const after = await ledger.redeem(forgotten.request, await ledger.answer(page, forgotten.request))
  expect(after.claims).toMatchObject({ acr: 'phr' })
  await world.stop()
})
