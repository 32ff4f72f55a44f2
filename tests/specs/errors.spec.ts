import { arrive } from '../flows/sign-in.ts'
import { signIn } from '../flows/sign-in.ts'
import { deniedScreen, errorScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { lena } from '../support/people.ts'
import { startServer } from '../support/server.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { configuration } from '../support/configuration.ts'
import { createApplication } from '../support/application.ts'
import { expect, test } from '../support/test.ts'

for (const [what, wish] of [
  ['an unknown client', { client_id: 'nobody' }],
  ['a redirect URI that is not registered', { redirect_uri: 'https://evil.test/callback' }],
  ['a redirect URI that is registered but for a slash', { redirect_uri: '/' }],
] as const) {
  test(`${what} is our own error page, and nobody is sent anywhere`, async ({ page, ledger, world }) => {
    const wishes = 'redirect_uri' in wish && wish.redirect_uri === '/' ? { redirect_uri: `${ledger.redirectUri}/` } : wish
    const { url } = ledger.begin(wishes)
    const response = await page.goto(url)
    expect(response?.status()).toBe(400)
    expect(new URL(page.url()).origin).toBe(world.origin)
    const screen = errorScreen(page)
    await expect(screen.heading).toHaveText('That didn’t work')
    await expect(screen.trace).toHaveText(response?.headers()['x-request-id'] ?? 'the id in the header')
    await expect(screen.code).toHaveText('invalid_request')
    await expect(page.locator('a[href*="evil.test"]')).toHaveCount(0)
  })
}

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
  const relyingParty = await startRelyingParty()
  const server = await startServer(configuration(relyingParty.origin))
  const ledger = createApplication(server.origin, relyingParty, 'ledger')
  await arrive(page, ledger)
  await expect(identifyScreen(page).identifier).toBeFocused()
  await server.restart({ aheadBy: 7200 })

  // the page that was left open, and the same address opened anew
  await identifyScreen(page).identifier.fill('ada')
  await identifyScreen(page).next.click()
  await expect(errorScreen(page).heading).toHaveText('This page is no longer open')
  await page.reload()
  await expect(errorScreen(page).heading).toHaveText('This page is no longer open')
  await expect(errorScreen(page).code).toHaveText('request_expired')
  await server.stop()
  await relyingParty.close()
})
