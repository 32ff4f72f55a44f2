import { arrive, enterPassword, signIn, signInAll, signInTo } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { pickerScreen } from '../screens/picker.ts'
import { ada, ben, cleo } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('three accounts are signed in at once, and one click continues with each of them', async ({ page, ledger }) => {
  const signedIn = await signInAll(page, ledger, [ada, ben, cleo])
  const screen = pickerScreen(page)
  for (const [index, person] of [ada, ben, cleo].entries()) {
    const request = await arrive(page, ledger)
    await expect(screen.accounts).toHaveCount(3)
    await expect(screen.reasons).toHaveText('More than one account is signed in in this browser.')
    await expect(screen.account(person)).toHaveAccessibleName(
      `Sign in as ${person.name}, ${person.email}, Acme: Signed in`,
    )
    await screen.account(person).click()
    const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
    expect(claims.sub).toBe(signedIn[index]?.claims.sub)
    expect(claims.sid).toBe(signedIn[index]?.claims.sid)
  }
})

test('use another account asks who it is, and leads back to the picker', async ({ page, ledger }) => {
  await signInTo(page, ledger, ada)
  await arrive(page, ledger, { prompt: 'select_account' })
  await pickerScreen(page).another.click()
  await expect(identifyScreen(page).identifier).toBeFocused()
  await identifyScreen(page).chooseAccount.click()
  await expect(pickerScreen(page).account(ada)).toBeVisible()
})

test('removing an account forgets it in this browser and says what it does not do', async ({ page, ledger }) => {
  const [, tokens] = await signInAll(page, ledger, [ada, ben])
  const request = await arrive(page, ledger, { prompt: 'select_account' })
  const screen = pickerScreen(page)
  await screen.manage.click()
  await expect(screen.manageHeading).toBeFocused()
  await expect(page.getByText('Removing it makes this browser forget it')).toBeVisible()
  await screen.remove(ada).click()
  await expect(screen.row(ada)).toHaveCount(0)
  await screen.done.click()
  await expect(screen.heading).toBeFocused()
  await expect(screen.accounts).toHaveCount(1)
  await screen.account(ben).click()
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims.sub).toBe(tokens?.claims.sub)
})

test('signing one account out keeps it in the picker, signed out', async ({ page, ledger }) => {
  await signInAll(page, ledger, [ada, ben])
  const request = await arrive(page, ledger, { prompt: 'select_account' })
  const screen = pickerScreen(page)
  await screen.manage.click()
  await screen.signOut(ada).click()
  await expect(screen.row(ada)).toContainText('Signed out')
  await expect(screen.row(ben)).toContainText('Signed in')
  await screen.done.click()

  await screen.account(ada).click()
  await expect(passwordScreen(page).reasons).toHaveText('Your session has ended. Sign in to go on.')
  await expect(passwordScreen(page).chip).toContainText(ada.email)
  await enterPassword(page)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

for (const what of ['signOut', 'remove'] as const)
  test(`the one account that is left waits to be picked: ${what}`, async ({ page, ledger }) => {
    const [, tokens] = await signInAll(page, ledger, [ada, ben])
    const request = await arrive(page, ledger)
    const screen = pickerScreen(page)
    await screen.manage.click()
    await screen[what](ada).click()
    await expect(screen.signOut(ada)).toHaveCount(0)
    await expect(screen.row(ben)).toContainText('Signed in')
    await page.reload()
    await expect(screen.heading).toBeVisible()
    await screen.account(ben).click()
    const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
    expect(claims.sub).toBe(tokens?.claims.sub)
  })

test('signing all accounts out leaves nobody signed in', async ({ page, ledger }) => {
  await signInAll(page, ledger, [ada, ben, cleo])
  await arrive(page, ledger, { prompt: 'select_account' })
  const screen = pickerScreen(page)
  await screen.manage.click()
  await screen.signOutAll.click()
  for (const person of [ada, ben, cleo]) await expect(screen.row(person)).toContainText('Signed out')
  await expect(screen.signOutAll).toHaveCount(0)

  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('login_required')
})

test('two browsers do not share accounts', async ({ page, browser, ledger }) => {
  await signInTo(page, ledger, ada)
  const context = await browser.newContext()
  const other = await context.newPage()
  await arrive(other, ledger, { prompt: 'select_account' })
  await expect(identifyScreen(other).identifier).toBeFocused()
  await signIn(other, ben)
  await expect(other).toHaveURL(/\/callback/)

  await arrive(page, ledger, { prompt: 'select_account' })
  await expect(pickerScreen(page).accounts).toHaveCount(1)
  await context.close()
})

test('the page of a request opens nothing in another browser', async ({ page, browser, ledger }) => {
  await arrive(page, ledger)
  const context = await browser.newContext({ locale: 'en-GB' })
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('heading', { level: 1, name: 'This page is no longer open' })).toBeVisible()
  await context.close()
})
