import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { arrive } from '../flows/sign-in.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { emailCodeScreen, finishRegistrationScreen, registerScreen } from '../screens/registration.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts'

test('somebody registers with a passkey and no password: a prompt that nobody answers keeps everything and shows both ways', async ({
  page,
  world,
  ledger,
}) => {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
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
