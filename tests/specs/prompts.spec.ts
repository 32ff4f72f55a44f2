import { arrive, enterPassword, signIn, signInAll, signInTo } from '../flows/sign-in.ts'
import { consentScreen } from '../screens/consent.ts'
import { passwordScreen } from '../screens/password.ts'
import { pickerScreen } from '../screens/picker.ts'
import { ada, ben, klara, nora, omar, pia } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('an application gets in without a question while the session is fresh', async ({ page, ledger }) => {
  const first = await signInTo(page, ledger, ada)
  const request = await arrive(page, ledger)
  const again = await ledger.redeem(request, await ledger.answer(page, request))
  expect(again.claims).toMatchObject({ sub: first.claims.sub, auth_time: first.claims.auth_time })
})

test('prompt=login asks again, and says that the application asks', async ({ page, ledger }) => {
  const before = await signInTo(page, ledger, ada)
  const request = await arrive(page, ledger, { prompt: 'login' })
  const screen = passwordScreen(page)
  await expect(screen.reasons).toHaveText('Ledger asks you to show once more that it’s you.')
  await expect(screen.chip).toContainText(ada.email)
  await enterPassword(page)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims.sub).toBe(before.claims.sub)
  expect(Number(claims.auth_time)).toBeGreaterThanOrEqual(Number(before.claims.auth_time))
})

test('prompt=select_account always shows the picker, with one account too', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  const request = await arrive(page, ledger, { prompt: 'select_account' })
  await expect(pickerScreen(page).reasons).toHaveText('Ledger asks which account you’d like to use.')
  await pickerScreen(page).account(ada).click()
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('prompt=none answers the application at once: a code, or login_required and never a page', async ({
  page,
  ledger,
}) => {
  const stranger = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, stranger)).parameters.get('error')).toBe('login_required')
  await signInTo(page, ledger, ada)
  const known = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, known)).parameters.has('code')).toBe(true)
})

test('prompt=none with two live accounts is account_selection_required', async ({ page, ledger }) => {
  await signInAll(page, ledger, [ada, ben])
  const request = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, request)).parameters.get('error')).toBe('account_selection_required')
})

test('max_age=0 asks for the password again, and auth_time tells the truth', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  const began = Math.floor(Date.now() / 1000)
  const request = await arrive(page, ledger, { max_age: '0' })
  await expect(passwordScreen(page).reasons).toHaveText(
    'Your last sign-in was a while ago, so please confirm that it’s you.',
  )
  await enterPassword(page)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(Number(claims.auth_time)).toBeGreaterThanOrEqual(began)
})

test('a check that is younger than max_age is enough', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  const request = await arrive(page, ledger, { max_age: '3600' })
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

const SEAL =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="17" fill="#7a1f2b"/></svg>'

test('consent is asked once, shows the logo, names what is asked for, and is stored', async ({ page, notary }) => {
  const referrers: (string | null)[] = []
  await page.route('https://notary.test/**', async (route) => {
    referrers.push(await route.request().headerValue('referer'))
    await route.fulfill({ contentType: 'image/svg+xml', body: SEAL })
  })
  const request = await arrive(page, notary)
  await signIn(page, nora)
  const screen = consentScreen(page)
  await expect(screen.heading).toHaveText('Let Notary in?')
  await expect(screen.heading).toBeFocused()
  await expect(screen.logo).toHaveJSProperty('naturalWidth', 40)
  expect(referrers).toEqual([null])
  await expect(screen.scopes).toHaveText([/Know that it’s you/, /Know who you are/, /See your email address/])
  await expect(screen.links).toHaveText([/Privacy policy of Notary/, /Terms of Notary/])
  await screen.allow.click()
  expect((await notary.answer(page, request)).parameters.has('code')).toBe(true)

  const again = await arrive(page, notary)
  expect((await notary.answer(page, again)).parameters.has('code')).toBe(true)
})

test('a refused consent is access_denied, and nothing is stored', async ({ page, notary }) => {
  const request = await arrive(page, notary)
  await signIn(page, omar)
  await consentScreen(page).refuse.click()
  expect((await notary.answer(page, request)).parameters.get('error')).toBe('access_denied')

  const silent = await arrive(page, notary, { prompt: 'none' })
  expect((await notary.answer(page, silent)).parameters.get('error')).toBe('consent_required')
})

test('a new scope asks again, and so does prompt=consent', async ({ page, notary }) => {
  const first = await arrive(page, notary, { scope: 'openid' })
  await signIn(page, pia)
  await consentScreen(page).allow.click()
  await notary.answer(page, first)

  const more = await arrive(page, notary, { scope: 'openid phone' })
  await expect(consentScreen(page).reasons).toHaveText('Notary asks for something you haven’t allowed yet.')
  await consentScreen(page).allow.click()
  await notary.answer(page, more)

  const asked = await arrive(page, notary, { scope: 'openid', prompt: 'consent' })
  await expect(consentScreen(page).reasons).toHaveText('Notary asks for your permission again.')
  await consentScreen(page).allow.click()
  expect((await notary.answer(page, asked)).parameters.has('code')).toBe(true)
})

test('people of another organization are asked for their consent', async ({ page, ledger }) => {
  const request = await arrive(page, ledger)
  await signIn(page, klara)
  await expect(page.getByText('Ledger by Acme would like to:')).toBeVisible()
  await consentScreen(page).refuse.click()
  expect((await ledger.answer(page, request)).parameters.get('error')).toBe('access_denied')
})
