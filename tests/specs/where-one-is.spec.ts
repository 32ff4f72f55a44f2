import { arrive, enterPassword, identify, signIn } from '../flows/sign-in.ts'
import { consentScreen } from '../screens/consent.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { ada, klara, PASSWORD } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('back leads from the password to the identifier, and forward to the step that is now true', async ({
  page,
  ledger,
}) => {
  const request = await arrive(page, ledger)
  await identify(page, ada.email)
  await page.goBack()
  await expect(identifyScreen(page).identifier).toBeFocused()
  await identify(page, ada.email)
  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('reloading draws the step that is now true: identifier, password, consent', async ({ page, notary }) => {
  const request = await arrive(page, notary)
  await page.reload()
  await expect(identifyScreen(page).identifier).toBeFocused()

  await identify(page, klara.email)
  await page.reload()
  await expect(passwordScreen(page).chip).toContainText(klara.email)
  await expect(passwordScreen(page).password).toBeFocused()

  await enterPassword(page)
  await expect(consentScreen(page).heading).toBeVisible()
  await page.reload()
  await consentScreen(page).refuse.click()
  expect((await notary.answer(page, request)).parameters.get('error')).toBe('access_denied')
})

test('a second tab of the same request follows: what was done in the first is not asked again', async ({
  page,
  context,
  ledger,
}) => {
  const request = await arrive(page, ledger)
  const second = await context.newPage()
  await second.goto(page.url())
  await identify(page, ada.email)
  // the second tab still asks who it is; its answer is that step which is now true
  await identifyScreen(second).identifier.fill(ada.email)
  await identifyScreen(second).next.click()
  await expect(passwordScreen(second).password).toBeFocused()
  await enterPassword(second)
  expect((await ledger.answer(second, request)).parameters.has('code')).toBe(true)

  await passwordScreen(page).password.fill(PASSWORD)
  await passwordScreen(page).signIn.click()
  await expect(page.getByRole('heading', { name: 'This sign-in is finished' })).toBeVisible()
})

test('two tabs with a request each end in their own applications, as whoever was typed there', async ({
  page,
  context,
  ledger,
  notary,
}) => {
  const first = await arrive(page, ledger)
  const second = await context.newPage()
  const other = await arrive(second, notary)
  await signIn(page, ada)
  expect((await ledger.answer(page, first)).parameters.has('code')).toBe(true)

  // ada is signed in by now, but it is somebody else who was typed
  await identify(second, klara.email)
  await enterPassword(second)
  await expect(consentScreen(second).chip).toContainText(klara.email)
  await consentScreen(second).refuse.click()
  expect((await notary.answer(second, other)).parameters.get('error')).toBe('access_denied')
})

test('back from the application shows a finished request, not a form that can be sent again', async ({
  page,
  ledger,
}) => {
  const request = await arrive(page, ledger)
  await signIn(page, ada)
  await ledger.answer(page, request)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'This sign-in is finished' })).toBeVisible()
})

test('nothing that decides is in the address', async ({ page, ledger }) => {
  await arrive(page, ledger)
  await identify(page, ada.email)
  expect(page.url()).toMatch(/\/login\/req_[0-9a-f]+$/)
})
