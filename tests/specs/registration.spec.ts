import { arriveToRegister, enterCode, fillIn, newcomer, registerAt, sentTo } from '../flows/registration.ts'
import { arrive, enterPassword, identify } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { pickerScreen } from '../screens/picker.ts'
import { emailCodeScreen, registerScreen } from '../screens/registration.ts'
import { expect, test } from '../support/test.ts'

test('somebody registers from an application, types the code, and is back there signed in', async ({
  page,
  world,
  ledger,
}) => {
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  await expect(registerScreen(page).heading).toBeVisible()
  await expect(registerScreen(page).field('givenName')).toBeFocused()
  await expect(page.getByText('You are joining Acme.')).toBeVisible()
  await fillIn(page, person)

  const { code, subject } = await sentTo(page, world, person.email)
  expect(subject).not.toBe('')
  await expect(page.getByText(person.email)).toBeVisible()
  await enterCode(page, code)

  const { claims, access_token } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ azp: 'ledger', acr: 'aal1', amr: ['pwd'] })
  const who = await fetch(`${world.origin}/oidc/v1/userinfo`, { headers: { authorization: `Bearer ${access_token}` } })
  expect(await who.json()).toMatchObject({ name: 'Nia Okoye', email: person.email, email_verified: true })
})

test('afterwards address and password sign in, in another browser', async ({ page, world, ledger, browser }) => {
  const { person } = await registerAt(page, world, ledger)
  const elsewhere = await (await browser.newContext()).newPage()
  const request = await arrive(elsewhere, ledger)
  await identify(elsewhere, person.email.toUpperCase())
  await enterPassword(elsewhere, person.newPassword)
  expect((await ledger.answer(elsewhere, request)).parameters.has('code')).toBe(true)
  await elsewhere.context().close()
})

test('"create an account" on the sign-in page takes along what was typed there', async ({ page, world, ledger }) => {
  const { email, ...rest } = newcomer()
  const request = await arrive(page, ledger)
  await identifyScreen(page).identifier.fill(email)
  await identifyScreen(page).create.click()
  await expect(registerScreen(page).field('email')).toHaveValue(email)
  await fillIn(page, rest)
  await enterCode(page, (await sentTo(page, world, email)).code)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('login_hint fills in the address', async ({ page, ledger }) => {
  await arriveToRegister(page, ledger, { login_hint: 'nia@new.test' })
  await expect(registerScreen(page).field('email')).toHaveValue('nia@new.test')
})

test('"change it" leads back to the form with everything but the password', async ({ page, world, ledger }) => {
  const [person, other] = [newcomer(), newcomer()]
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person)
  const first = await sentTo(page, world, person.email)
  await emailCodeScreen(page).change.click()
  const screen = registerScreen(page)
  await expect(screen.field('email')).toHaveValue(person.email)
  await expect(screen.field('familyName')).toHaveValue('Okoye')
  await expect(screen.field('newPassword')).toHaveValue('')
  await fillIn(page, { email: other.email, newPassword: other.newPassword })
  const second = await sentTo(page, world, other.email)
  if (first.code !== second.code) {
    await enterCode(page, first.code)
    await expect(emailCodeScreen(page).error).toBeVisible()
  }
  await enterCode(page, second.code)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('Back leads from the code to the form, and from the form to the sign-in', async ({ page, world, ledger }) => {
  const person = newcomer()
  await arrive(page, ledger)
  await identifyScreen(page).create.click()
  await fillIn(page, person)
  await sentTo(page, world, person.email)
  await page.goBack()
  await expect(registerScreen(page).field('email')).toHaveValue(person.email)
  await page.goBack()
  await expect(identifyScreen(page).identifier).toBeFocused()
})

test('switching the language half-way keeps what was typed, and the mail follows', async ({ page, world, ledger }) => {
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  const screen = registerScreen(page)
  await screen.field('familyName').fill(person.familyName)
  await screen.field('email').fill(person.email)
  await screen.language.selectOption('ja')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('アカウントを作成')
  await expect(screen.field('email')).toHaveValue(person.email)
  await expect(screen.field('familyName')).toHaveValue(person.familyName)
  await fillIn(page, { givenName: person.givenName, newPassword: person.newPassword })
  const mail = await sentTo(page, world, person.email)
  expect(mail.subject).toMatch(/[ぁ-んァ-ヶ]/)
  await enterCode(page, mail.code)
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('whoever is signed in already may make another account, and both are in the picker', async ({
  page,
  world,
  ledger,
}) => {
  const first = await registerAt(page, world, ledger)
  const second = await registerAt(page, world, ledger)
  expect(second.tokens.claims.sub).not.toBe(first.tokens.claims.sub)
  await arrive(page, ledger, { prompt: 'select_account' })
  await expect(pickerScreen(page).accounts).toHaveCount(2)
})

test('"sign in" on the form leads to the sign-in, and "back" to the application', async ({ page, ledger }) => {
  const request = await arriveToRegister(page, ledger)
  await registerScreen(page).signIn.click()
  await expect(identifyScreen(page).identifier).toBeFocused()
  await identifyScreen(page).backToApplication.click()
  expect((await ledger.answer(page, request)).parameters.get('error')).toBe('access_denied')
})

test('the keyboard alone registers', async ({ page, world, ledger }) => {
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  await expect(registerScreen(page).field('givenName')).toBeFocused()
  for (const value of [person.givenName, person.familyName, person.email, person.newPassword]) {
    await page.keyboard.type(value)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Tab')
  await expect(registerScreen(page).terms).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  const { code } = await sentTo(page, world, person.email)
  await page.keyboard.type(code ?? '')
  await page.keyboard.press('Enter')
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})
