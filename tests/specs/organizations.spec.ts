import { firstBrand, token, watchFrames } from '../flows/branding.ts'
import { arrive, enterPassword, identify, signIn, signInTo } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { errorScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { signedOutScreen, signOutScreen } from '../screens/sign-out.ts'
import { ada, KRUSTE_LOOK, klara } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const KRUSTE = 'urn:vestibule:org:domain:primary:kruste.test'
const ACME_BRAND = '#1c5c50'

test('without a scope the page wears the look of the default organization', async ({ page, ledger }) => {
  const response = await page.goto(ledger.begin().url)
  expect(await firstBrand(response)).toBe(ACME_BRAND)
  await expect(identifyScreen(page).house).toContainText('Acme')
})

for (const scope of [KRUSTE, 'urn:zitadel:iam:org:domain:primary:kruste.test']) {
  test(`the scope ${scope} selects the organization: its look is in the first HTML`, async ({ page, ledger }) => {
    const frames = await watchFrames(page)
    const response = await page.goto(ledger.begin({ scope: `openid ${scope}` }).url)
    expect(await firstBrand(response)).toBe(KRUSTE_LOOK.brand)
    expect(await response?.text()).toContain('<body data-layout="split">')
    await expect(identifyScreen(page).house).toContainText('Kruste')
    await expect(page.getByText(KRUSTE_LOOK.tagline)).toBeVisible()
    expect(await token(page, 'corner')).toBe('24px')
    expect(await frames()).toEqual([`Sign in: ${KRUSTE_LOOK.brand}`])
  })
}

test('only people of the organization that was asked for may finish', async ({ page, ledger }) => {
  await arrive(page, ledger, { scope: `openid ${KRUSTE}` })
  await expect(identifyScreen(page).reasons).toHaveText('Ledger needs an account of a certain organization.')
  await identify(page, ada.email)
  await enterPassword(page)
  await expect(passwordScreen(page).fieldError).toHaveText(
    'That login name and password don’t match. Check both and try again.',
  )
})

test('a session of another organization does not answer the scope', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  const silent = await arrive(page, ledger, { scope: `openid ${KRUSTE}`, prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('login_required')
  await arrive(page, ledger, { scope: `openid ${KRUSTE}` })
  await expect(identifyScreen(page).identifier).toBeFocused()
  await expect(identifyScreen(page).chooseAccount).toHaveCount(0)
})

test('the domain of the typed identifier brings the look of its organization, and no frame shows another', async ({
  page,
  oven,
}) => {
  const frames = await watchFrames(page)
  const request = await arrive(page, oven)
  await identify(page, klara.email)
  expect(await token(page, 'brand')).toBe(KRUSTE_LOOK.brand)
  await expect(page.locator('body')).toHaveAttribute('data-layout', 'split')
  await expect(passwordScreen(page).house).toContainText('Kruste')
  expect(await frames()).toEqual([`Sign in: ${ACME_BRAND}`, `Enter your password: ${KRUSTE_LOOK.brand}`])

  const reloaded = await page.reload()
  expect(await firstBrand(reloaded)).toBe(KRUSTE_LOOK.brand)
  await enterPassword(page)
  expect((await oven.answer(page, request)).parameters.has('code')).toBe(true)
})

test('going back from there brings the first look back', async ({ page, ledger }) => {
  await arrive(page, ledger)
  await identify(page, 'nobody@kruste.test')
  await expect(page.locator('body')).toHaveAttribute('data-layout', 'split')
  await page.goBack()
  await expect(identifyScreen(page).identifier).toBeFocused()
  expect(await token(page, 'brand')).toBe(ACME_BRAND)
  await expect(page.locator('body')).toHaveAttribute('data-layout', 'card')
})

test('the sign-out pages wear the look of the organization whose application asks', async ({ page, oven }) => {
  await signInTo(page, oven, klara)
  const asked = await page.goto(oven.signOut({ client_id: oven.clientId }))
  expect(await firstBrand(asked)).toBe(KRUSTE_LOOK.brand)
  await expect(signOutScreen(page).house).toContainText('Kruste')
  await signOutScreen(page).signOut.click()
  await expect(signedOutScreen(page).heading).toBeFocused()
  await expect(signedOutScreen(page).house).toContainText('Kruste')

  const nobodyLeft = await page.goto(oven.signOut({ client_id: oven.clientId }))
  expect(await firstBrand(nobodyLeft)).toBe(KRUSTE_LOOK.brand)
})

test('leaving the account pages of an organization ends under its look', async ({ page }) => {
  await page.goto('/account')
  await signIn(page, klara)
  await accountScreen(page).menu.click()
  await accountScreen(page).signOut.click()
  await expect(signedOutScreen(page).heading).toBeVisible()
  await expect(signedOutScreen(page).house).toContainText('Kruste')
})

test('an error of a known application wears its organization’s look, any other one the default look', async ({
  page,
  oven,
}) => {
  const known = await page.goto(oven.begin({ redirect_uri: 'https://evil.test/' }).url)
  expect(await firstBrand(known)).toBe(KRUSTE_LOOK.brand)
  await expect(errorScreen(page).house).toContainText('Kruste')
  const unknown = await page.goto(oven.begin({ client_id: 'nobody' }).url)
  expect(await firstBrand(unknown)).toBe(ACME_BRAND)
})

test('a sign-in that is over wears the look of the organization whose application asked', async ({ page, oven }) => {
  const request = await arrive(page, oven)
  await signIn(page, klara)
  await oven.answer(page, request)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'This sign-in is finished' })).toBeVisible()
  await expect(errorScreen(page).house).toContainText('Kruste')
})
