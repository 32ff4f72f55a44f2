import { anotherBrowser } from '../flows/browsers.ts'
import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { arrive } from '../flows/sign-in.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { emailCodeScreen, finishRegistrationScreen, registerScreen } from '../screens/registration.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'

test('somebody registers with a passkey and no password: a prompt that nobody answers keeps everything and shows both ways', async ({
  page,
  world,
  ledger,
}) => {
  await withoutAutofill(page)
  const authenticator = await addVirtualAuthenticator(page)
  const { newPassword, ...person } = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person, registerScreen(page).byPasskey)
  const { code } = await sentTo(page, world, person.email)
  expect(await authenticator.credentials(), 'nothing is made before the address is proven').toEqual([])
  await emailCodeScreen(page).code.fill(code ?? '')
  await page.keyboard.press('Enter')

  const screen = finishRegistrationScreen(page)
  await expect(page.getByText(person.email)).toBeVisible()
  await authenticator.setUserVerified(false)
  await screen.create.click()
  await expect(screen.said).toHaveText('No passkey was made. Try again, or take the other way.')
  await screen.other.click()
  await screen.newPassword.fill(newPassword.slice(0, 4))
  await screen.other.click()
  await authenticator.setUserVerified(true)
  await screen.create.click()
  const { claims, access_token } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] })
  const who = await fetch(`${world.origin}/oidc/v1/userinfo`, { headers: { authorization: `Bearer ${access_token}` } })
  expect(await who.json()).toMatchObject({ name: 'Nia Okoye', email: person.email, email_verified: true })

  await page.context().clearCookies()
  const again = await arrive(page, ledger)
  await passkeyButton(page).button.click()
  await ledger.answer(page, again)
})

test('whoever chose a passkey takes a password after all', async ({ page, world, ledger }) => {
  const { newPassword, ...person } = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person, registerScreen(page).byPasskey)
  await enterCode(page, (await sentTo(page, world, person.email)).code)
  const screen = finishRegistrationScreen(page)
  await screen.other.click()
  await screen.newPassword.fill(newPassword)
  await page.keyboard.press('Enter')
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ amr: ['pwd'] })
})

test('an address that went to somebody else meanwhile is said at the form, which keeps the rest: another one is confirmed and goes on', async ({
  page,
  browser,
  world,
  ledger,
}) => {
  await addVirtualAuthenticator(page)
  const { newPassword: _, ...person } = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person, registerScreen(page).byPasskey)
  const mine = await sentTo(page, world, person.email)
  await enterCode(page, mine.code)
  await expect(finishRegistrationScreen(page).create).toBeVisible()
  const quicker = await anotherBrowser(browser, world.origin)
  await arriveToRegister(quicker.page, ledger)
  await fillIn(quicker.page, { ...newcomer(), email: person.email })
  await expect(emailCodeScreen(quicker.page).code).toBeFocused()
  const theirs = await world.mail.next(person.email, 'verify_email', [mine])
  await enterCode(quicker.page, theirs.code)
  await expect(quicker.page).toHaveURL((url) => url.href.startsWith(ledger.redirectUri))

  await finishRegistrationScreen(page).create.click()
  const screen = registerScreen(page)
  await expect(screen.reasons).toHaveText(
    'An account with this email address was made a moment ago. Sign in with it, or take another address.',
  )
  await expect(screen.field('familyName')).toHaveValue(person.familyName)
  const { email } = newcomer()
  await fillIn(page, { email }, screen.byPasskey)
  await enterCode(page, (await sentTo(page, world, email)).code)
  await finishRegistrationScreen(page).create.click()
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})
