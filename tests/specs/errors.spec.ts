import { arrive, signIn, signInTo } from '../flows/sign-in.ts'
import { deniedScreen, errorScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { createApplication } from '../support/application.ts'
import { ada, lena } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { startWorld } from '../support/world.ts'

for (const [what, wishes] of [
  ['an unknown client', { client_id: 'nobody' }],
  ['a redirect URI that is not registered', { redirect_uri: 'https://evil.test/callback' }],
  ['a redirect URI without a host', { redirect_uri: 'javascript:alert(1)' }],
] as const) {
  test(`${what} is our own error page, and nobody is sent anywhere`, async ({ page, ledger, world }) => {
    const response = await page.goto(ledger.begin(wishes).url)
    expect(response?.status()).toBe(400)
    expect(new URL(page.url()).origin).toBe(world.origin)
    const screen = errorScreen(page)
    await expect(screen.heading).toHaveText('That didn’t work')
    await expect(screen.trace).toHaveText(response?.headers()['x-request-id'] ?? 'the id in the header')
    await expect(screen.code).toHaveText('invalid_request')
    await expect(page.locator('a[href*="evil.test"], a[href^="javascript"]')).toHaveCount(0)
  })
}

test('a redirect URI that is registered but for a slash is another one', async ({ page, ledger }) => {
  await page.goto(ledger.begin({ redirect_uri: `${ledger.redirectUri}/` }).url)
  await expect(errorScreen(page).code).toHaveText('invalid_request')
})

test('an error that the application can be told reaches it, with its state', async ({ page, ledger }) => {
  const request = await arrive(page, ledger, { response_type: 'token' })
  expect((await ledger.answer(page, request)).parameters.get('error')).toBe('unsupported_response_type')
})

test('an unknown organization is invalid_scope', async ({ page, ledger }) => {
  const request = await arrive(page, ledger, { scope: 'openid urn:vestibule:org:domain:primary:nobody.test' })
  expect((await ledger.answer(page, request)).parameters.get('error')).toBe('invalid_scope')
})

test('an address that leads nowhere says so in our own words', async ({ page }) => {
  const response = await page.goto('/no-such-page')
  expect(response?.status()).toBe(404)
  await expect(errorScreen(page).code).toHaveText('not_found')
})

test('a locked account is told so only after its password', async ({ page, ledger }) => {
  const request = await arrive(page, ledger)
  await signIn(page, lena)
  const screen = deniedScreen(page)
  await expect(screen.heading).toBeFocused()
  await screen.another.click()
  await expect(identifyScreen(page).identifier).toBeFocused()
  await identifyScreen(page).backToApplication.click()
  expect((await ledger.answer(page, request)).parameters.get('error')).toBe('access_denied')
})

test('a request that was open for too long is over', async ({ page }) => {
  const world = await startWorld()
  await arrive(page, createApplication(world.origin, world.relyingParty, 'ledger'))
  await expect(identifyScreen(page).identifier).toBeFocused()
  await world.restart({ aheadBy: 7200 })

  // the page that was left open, and the same address opened anew
  await identifyScreen(page).identifier.fill('ada')
  await identifyScreen(page).next.click()
  await expect(errorScreen(page).heading).toHaveText('This page is no longer open')
  await page.reload()
  await expect(errorScreen(page).heading).toHaveText('This page is no longer open')
  await expect(errorScreen(page).code).toHaveText('request_expired')
  await world.stop()
})

test('a check that is older than the policy allows is made again, and the page says why', async ({ page }) => {
  const world = await startWorld()
  const ledger = createApplication(world.origin, world.relyingParty, 'ledger')
  await signInTo(page, ledger, ada)
  const elevenDays = 11 * 86_400
  await world.restart({ aheadBy: elevenDays })
  await arrive(page, ledger, { login_hint: ada.email })
  await expect(passwordScreen(page).reasons).toHaveText('Your session has ended. Sign in to go on.')
  await world.stop()
})
