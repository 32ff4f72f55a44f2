import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { choosePassword, enterResetCode, forget, NEW_PASSWORD } from '../flows/reset.ts'
import { arrive, enterPassword } from '../flows/sign-in.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { passkeyOfferScreen } from '../screens/passkey-offer.ts'
import { orla } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'

test('P1 a passkey is offered after a registration; a prompt that nobody answers is no dead end, and the passkey signs in from then on', async ({
  page,
  world,
  ledger,
}) => {
  await withoutAutofill(page)
  const authenticator = await addVirtualAuthenticator(page)
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person)
  await enterCode(page, (await sentTo(page, world, person.email)).code)

  const offer = passkeyOfferScreen(page)
  await authenticator.setUserVerified(false)
  await offer.create.click()
  await expect(offer.said).toHaveText('No passkey was made. Try again, or go on without one.')
  await page.reload()
  await authenticator.setUserVerified(true)
  await offer.create.click()
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'phr' })
  expect((await world.mail.next(person.email, 'factor_added')).text).toContain('/not-me#')

  await page.context().clearCookies()
  const again = await arrive(page, ledger)
  await passkeyButton(page).button.click()
  await ledger.answer(page, again)
})

test('P1 a passkey is offered after a reset, and "not now" leaves at once', async ({ page, world, ledger }) => {
  await addVirtualAuthenticator(page)
  const { request, message } = await forget(page, world, ledger, orla)
  await enterResetCode(page, message.code)
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  await passkeyOfferScreen(page).notNow.click()
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})
