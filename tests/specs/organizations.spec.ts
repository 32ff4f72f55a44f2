import { firstBrand, token, watchFrames } from '../flows/branding.ts'
import { arrive, enterPassword, identify, signInTo } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
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
