import { arrive, signInAll, signInTo } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { pickerScreen } from '../screens/picker.ts'
import { signedOutScreen, signOutScreen } from '../screens/sign-out.ts'
import { ada, ben, cleo } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('with a hint that session ends at once, and the browser is back in the application with its state', async ({
  page,
  ledger,
}) => {
  const { id_token } = await signInTo(page, ledger, ada)
  await page.goto(
    ledger.signOut({ id_token_hint: id_token, post_logout_redirect_uri: ledger.signedOutUri, state: 'of the RP' }),
  )
  await expect(page).toHaveURL(`${ledger.signedOutUri}?state=of+the+RP`)
  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('login_required')
})

test('the hint ends its own session and no other, and the account stays in the picker, signed out', async ({
  page,
  ledger,
}) => {
  const [first] = await signInAll(page, ledger, [ada, ben])
  await page.goto(ledger.signOut({ id_token_hint: first?.id_token ?? '' }))
  await expect(signedOutScreen(page).heading).toBeVisible()
  await expect(signedOutScreen(page).remaining).toHaveCount(1)
  await expect(signedOutScreen(page).remaining).toContainText(ben.email)
  await arrive(page, ledger, { prompt: 'select_account' })
  await expect(pickerScreen(page).account(ada)).toHaveAccessibleName(/Signed out$/)
  await expect(pickerScreen(page).account(ben)).toHaveAccessibleName(/Signed in$/)
})

test('without a hint a page lists the sessions, and one of them can be ended', async ({ page, ledger }) => {
  await signInAll(page, ledger, [ada, ben, cleo])
  await page.goto(ledger.signOut({ client_id: 'ledger', post_logout_redirect_uri: ledger.signedOutUri }))
  const screen = signOutScreen(page)
  await expect(screen.heading).toBeVisible()
  await expect(page.getByText('Ledger asks to sign you out.')).toBeVisible()
  await expect(screen.choices).toHaveCount(4)
  await screen.account(ben).check()
  await screen.signOut.click()
  await expect(page).toHaveURL(ledger.signedOutUri)

  await arrive(page, ledger, { prompt: 'select_account' })
  await expect(pickerScreen(page).account(ben)).toHaveAccessibleName(/Signed out$/)
  await expect(pickerScreen(page).account(ada)).toHaveAccessibleName(/Signed in$/)
})

test('without a hint all sessions can be ended at once', async ({ page, ledger }) => {
  await signInAll(page, ledger, [ada, ben])
  await page.goto(ledger.signOut({}))
  await signOutScreen(page).all.check()
  await signOutScreen(page).signOut.click()
  await expect(signedOutScreen(page).heading).toBeFocused()
  await expect(signedOutScreen(page).remaining).toHaveCount(0)
  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('login_required')
})

test('opening the confirmation ends nothing', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  await page.goto(ledger.signOut({}))
  await expect(signOutScreen(page).heading).toBeVisible()
  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.has('code')).toBe(true)
})

test('logout_hint selects whom it names', async ({ page, ledger }) => {
  await signInAll(page, ledger, [ada, ben])
  await page.goto(ledger.signOut({ logout_hint: ada.email }))
  await expect(signOutScreen(page).account(ada)).toBeChecked()
})

test('an address that is not registered is said, and never followed', async ({ page, ledger, world }) => {
  const { id_token } = await signInTo(page, ledger, ada)
  await page.goto(ledger.signOut({ id_token_hint: id_token, post_logout_redirect_uri: 'https://evil.test/' }))
  const screen = signOutScreen(page)
  await expect(screen.notice).toContainText('isn’t registered')
  await screen.signOut.click()
  await expect(signedOutScreen(page).heading).toBeFocused()
  expect(new URL(page.url()).origin).toBe(world.origin)
})

test('a hint that is no ID token of ours asks first', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  await page.goto(ledger.signOut({ id_token_hint: 'not.a.token' }))
  await expect(signOutScreen(page).notice).toContainText('couldn’t be checked')
})

test('signing out with nobody signed in says that it is done', async ({ page, ledger }) => {
  await page.goto(ledger.signOut({ client_id: 'ledger' }))
  await expect(signedOutScreen(page).heading).toBeVisible()
})

test('"stay signed in" is a persistent cookie; without it the session belongs to this browser session', async ({
  page,
  context,
  ledger,
}) => {
  await signInTo(page, ledger, ada)
  const cookie = async () => (await context.cookies()).find(({ name }) => name.endsWith('vestibule'))
  expect(await cookie()).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 })

  await arrive(page, ledger, { prompt: 'login' })
  await expect(passwordScreen(page).staySignedIn).not.toBeChecked()
  await expect(page.getByText('Not on a shared computer.')).toBeVisible()
  await passwordScreen(page).staySignedIn.check()
  await passwordScreen(page).password.fill('four words make doors')
  await passwordScreen(page).signIn.click()
  await expect(page).toHaveURL(/\/callback/)
  const days = ((await cookie())?.expires ?? 0) / 86_400 - Date.now() / 86_400_000
  expect(Math.round(days)).toBe(400)
})

test('a browser session that ends takes the sign-in with it, unless one stays signed in', async ({
  page,
  context,
  browser,
  ledger,
}) => {
  await signInTo(page, ledger, ada)
  // what a browser keeps when it is closed
  const kept = (await context.cookies()).filter(({ expires }) => expires > 0)
  const later = await browser.newContext()
  await later.addCookies(kept)
  const next = await later.newPage()
  await arrive(next, ledger)
  await expect(identifyScreen(next).identifier).toBeFocused()
  await later.close()
})
