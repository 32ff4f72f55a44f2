import { arrive, enterPassword, identify } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { passwordScreen } from '../screens/password.ts'
import { ada, PASSWORD } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('somebody signs in from an application and is back there with a verified ID token', async ({ page, ledger }) => {
  const request = await arrive(page, ledger)
  const screen = identifyScreen(page)
  await expect(screen.heading).toBeVisible()
  await expect(page.getByText('to continue to Ledger')).toBeVisible()
  await expect(screen.identifier).toBeFocused()
  await identify(page, ada.email)

  await expect(passwordScreen(page).chip).toContainText(ada.email)
  await expect(passwordScreen(page).password).toBeFocused()
  await expect(passwordScreen(page).hiddenIdentifier).toHaveValue(ada.email)
  await enterPassword(page)

  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ azp: 'ledger', acr: 'aal1', amr: ['pwd'] })
  expect(claims.auth_time).toBeGreaterThan(Date.now() / 1000 - 30)
})

test('a wrong password is one generic message, the field is emptied, and the right one still works', async ({
  page,
  ledger,
}) => {
  const request = await arrive(page, ledger)
  await identify(page, ada.email)
  const screen = passwordScreen(page)
  await enterPassword(page, 'not the password')
  await expect(screen.fieldError).toHaveText('That login name and password don’t match. Check both and try again.')
  await expect(screen.password).toBeFocused()
  await expect(screen.password).toHaveValue('')
  await expect(screen.password).toHaveAttribute('aria-invalid', 'true')
  await expect(page).toHaveTitle(/^Error: /)

  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('an unknown identifier looks like a known one, up to the same message', async ({ page, ledger }) => {
  const seen: string[] = []
  for (const identifier of [ada.email, 'nobody@acme.test']) {
    await arrive(page, ledger)
    await identify(page, identifier)
    const before = await page.locator('main').textContent()
    await enterPassword(page, 'not the password')
    await expect(passwordScreen(page).fieldError).toBeVisible()
    seen.push([before, await page.locator('main').textContent()].join('\n').replaceAll(identifier, 'X'))
    await page.context().clearCookies()
  }
  expect(seen[1]).toBe(seen[0])
})

test('a user name works as well as an email', async ({ page, ledger }) => {
  const request = await arrive(page, ledger)
  await identify(page, ada.username)
  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('an empty field is said beside it, and nothing is sent', async ({ page, ledger }) => {
  // beside the field a passkey is offered, which is asked for some time after the page is there
  const offer = page.waitForRequest(/passkey-options$/)
  await arrive(page, ledger)
  await expect(passkeyButton(page).button).toBeVisible()
  await offer
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
  await identifyScreen(page).next.click()
  await expect(identifyScreen(page).fieldError).toHaveText('Fill this in first.')
  await expect(identifyScreen(page).identifier).toBeFocused()
  expect(sent).toEqual([])
})

test('the keyboard alone signs in, and shows the password on the way', async ({ page, ledger }) => {
  const request = await arrive(page, ledger)
  await expect(identifyScreen(page).identifier).toBeFocused()
  await page.keyboard.type(ada.email)
  await page.keyboard.press('Enter')
  const screen = passwordScreen(page)
  await expect(screen.password).toBeFocused()
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Tab')
  await expect(screen.show).toBeFocused()
  await page.keyboard.press('Space')
  await expect(screen.password).toHaveAttribute('type', 'text')
  await expect(screen.hide).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(screen.staySignedIn).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(screen.signIn).toBeFocused()
  await page.keyboard.press('Enter')
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('"use another account" on the password step leads back to an empty question', async ({ page, ledger }) => {
  await arrive(page, ledger)
  await identify(page, ada.email)
  await passwordScreen(page).useAnotherAccount.click()
  await expect(identifyScreen(page).identifier).toBeFocused()
})

test('"back to the application" returns there with access_denied', async ({ page, ledger }) => {
  const request = await arrive(page, ledger)
  await identifyScreen(page).backToApplication.click()
  const { parameters } = await ledger.answer(page, request)
  expect(parameters.get('error')).toBe('access_denied')
  expect(parameters.has('code')).toBe(false)
})

test('login_hint fills the field in, and submits nothing by itself', async ({ page, ledger }) => {
  await arrive(page, ledger, { login_hint: ada.email })
  await expect(identifyScreen(page).identifier).toHaveValue(ada.email)
  await expect(identifyScreen(page).heading).toBeVisible()
})
