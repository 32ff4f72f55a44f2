import { closePrompts, holdKey, keepCodes, setUpApp, setUpKey } from '../flows/second-factor.ts'
import { arrive, signIn } from '../flows/sign-in.ts'
import { passkeysScreen } from '../screens/passkeys.ts'
import { secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { keyBearers } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const [sina, sami, silke, sota, svea] = keyBearers
const TWO = { acr_values: 'aal2' }

test('an application that asks for what can not be phished has a security key set up, and from then on it is asked for', async ({
  page,
  ledger,
  world,
}) => {
  const key = await holdKey(page)
  const request = await arrive(page, ledger, { acr_values: 'phr' })
  await signIn(page, sina)
  const screen = secondFactorScreen(page)
  await expect(screen.reasons).toHaveText('Ledger asks for a passkey or a security key.')
  await expect(screen.methods).toHaveCount(1)
  await expect(screen.notNow).toBeHidden()
  await setUpKey(page)
  await keepCodes(page)
  const first = await ledger.redeem(request, await ledger.answer(page, request))
  expect(first.claims).toMatchObject({ acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] })
  expect(await key.credentials()).toMatchObject([{ isResidentCredential: false, rpId: 'localhost' }])
  expect((await world.mail.next(sina.email, 'factor_added')).text).toContain('/not-me#')

  await page.context().clearCookies()
  const again = await arrive(page, ledger)
  await signIn(page, sina)
  await expect(screen.heading).toHaveText('One more check')
  await screen.submit.click()
  const second = await ledger.redeem(again, await ledger.answer(page, again))
  expect(second.claims).toMatchObject({ acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] })
})

test('a prompt that is closed is no alarm: everything else is offered, and an app is set up instead', async ({
  page,
  ledger,
}) => {
  await holdKey(page)
  const request = await arrive(page, ledger, TWO)
  await signIn(page, sami)
  const screen = secondFactorScreen(page)
  await closePrompts(page)
  await setUpKey(page)
  await expect(screen.said).toHaveText('No key was set up. Try again, or choose another way.')
  await expect(screen.methods).toHaveCount(3)
  await setUpApp(page)
  await keepCodes(page)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})

test('a key that is somewhere else leaves the recovery codes', async ({ page, ledger }) => {
  const key = await holdKey(page)
  const before = await arrive(page, ledger, TWO)
  await signIn(page, silke)
  await setUpKey(page)
  const [code = ''] = await keepCodes(page)
  await ledger.answer(page, before)

  await page.context().clearCookies()
  await key.forget()
  const request = await arrive(page, ledger)
  await signIn(page, silke)
  const screen = secondFactorScreen(page)
  await expect(screen.heading).toHaveText('One more check')
  await screen.submit.click()
  await expect(screen.said).toHaveText('No key was used. Try again, or choose another way.')
  await screen.method('Recovery code').click()
  await screen.code.fill(code)
  await page.keyboard.press('Enter')
  await ledger.answer(page, request)
})

test('on the security page keys are added, named and removed, and it is said what a lost one would leave', async ({
  page,
  world,
}) => {
  const key = await holdKey(page)
  await page.goto('/account/security')
  await signIn(page, svea)
  const screen = securityScreen(page)
  await screen.add('Security key').click()
  await screen.submit.click()
  await expect(screen.said).toHaveText('Security key is set up.')
  await screen.kept.click()
  await world.mail.next(svea.email, 'factor_added')
  await expect(screen.whatIf('If you lost a key')).toContainText('Password, then Recovery code')
  expect(await key.credentials()).toHaveLength(1)

  // the same thing is no second one
  await screen.add('Security key').click()
  await screen.submit.click()
  await expect(screen.nothing).toHaveText('This key is already set up for your account.')

  await screen.rename('Security key').click()
  await expect(screen.name).toBeFocused()
  await screen.name.fill('Key ring')
  await screen.save.click()
  await expect(screen.names.first()).toHaveText('Key ring')

  await screen.remove('Key ring').click()
  await screen.confirm.click()
  await expect(screen.said).toHaveText('Key ring is removed.')
  await world.mail.next(svea.email, 'factor_removed')
})

test('auf Deutsch wird ein Schlüssel eingerichtet, und ein Passkey wird nicht daraus', async ({
  browser,
  world,
  ledger,
}) => {
  const page = await browser.newPage({ baseURL: world.origin, locale: 'de-DE' })
  await holdKey(page)
  const request = await arrive(page, ledger, TWO)
  await signIn(page, sota)
  const screen = secondFactorScreen(page)
  await screen.method('Sicherheitsschlüssel').click()
  await expect(screen.heading).toHaveText('Richten Sie Ihren Sicherheitsschlüssel ein')
  await expect(screen.submit).toHaveText('Schlüssel einrichten')
  await screen.submit.click()
  await keepCodes(page)
  await ledger.answer(page, request)

  // what verifies nobody opens nothing by itself
  await page.goto('/account/passkeys')
  const passkeys = passkeysScreen(page)
  await passkeys.add.click()
  await expect(passkeys.said).toHaveText(
    'Es wurde kein Passkey angelegt. Sie können es jederzeit noch einmal versuchen.',
  )
  await expect(passkeys.cards).toHaveCount(0)
})
