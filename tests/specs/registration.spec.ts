import { arriveToRegister, enterCode, fillIn, newcomer, registerAt, sentTo } from '../flows/registration.ts'
import { arrive, enterPassword, identify } from '../flows/sign-in.ts'
import { consentScreen } from '../screens/consent.ts'
import { identifyScreen } from '../screens/identify.ts'
import { pickerScreen } from '../screens/picker.ts'
import { codeToTypeScreen, emailCodeScreen, registerScreen } from '../screens/registration.ts'
import { ada } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

/** It asks for more than others do. */
const GUILD = 'urn:vestibule:org:domain:primary:guild.test'
const KRUSTE = 'urn:vestibule:org:domain:primary:kruste.test'

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

test('a wrong code stays and says how many tries are left; after the last one a new code helps', async ({
  page,
  world,
  ledger,
}) => {
  const person = newcomer()
  await arriveToRegister(page, ledger)
  await fillIn(page, person)
  const screen = emailCodeScreen(page)
  await sentTo(page, world, person.email)
  for (const left of ['4 tries', '3 tries', '2 tries', 'one try']) {
    await enterCode(page, 'no code')
    await expect(screen.error).toContainText(`You have ${left} left.`)
    await expect(screen.code).toBeFocused()
    await expect(screen.code).toHaveValue('no code')
  }
  await enterCode(page, 'no code')
  await expect(screen.error).toContainText('Ask for a new one.')
  await expect(page).toHaveTitle(/^Error: /)
})

test('an address that has an account sees the same pages, and gets a mail that says so', async ({
  page,
  world,
  ledger,
}) => {
  const seen: (string | null)[] = []
  for (const email of [ada.email, newcomer().email]) {
    await arriveToRegister(page, ledger)
    await fillIn(page, { ...newcomer(), email })
    await expect(emailCodeScreen(page).code).toBeFocused()
    await enterCode(page, 'no code')
    await expect(emailCodeScreen(page).error).toBeVisible()
    const text = await page.locator('main').textContent()
    seen.push(text?.replaceAll(email, 'EMAIL').replace(/0:\d\d/, 'SOON') ?? null)
  }
  expect(seen[0]).toBe(seen[1])
  const mail = await world.mail.next(ada.email, 'address_taken')
  expect([mail.code, mail.link]).toEqual([null, `${world.origin}/account`])
})

test('everything that is wrong is said at once, and what was typed stays', async ({ page, ledger }) => {
  await arriveToRegister(page, ledger)
  const screen = registerScreen(page)
  await screen.field('givenName').fill('Nia')
  await screen.field('email').fill('nia@')
  await screen.field('newPassword').fill('short')
  await screen.submit.click()
  await expect(screen.summary).toBeFocused()
  await expect(screen.summary.getByRole('link')).toHaveText(['Last name', 'Email', 'Password', 'Terms'])
  await expect(screen.errorOf('familyName')).toHaveText('Fill this in first.')
  await expect(screen.errorOf('accepted')).toHaveText('Please accept this to go on.')
  await expect(screen.field('givenName')).toHaveValue('Nia')
  await screen.summary.getByRole('link', { name: 'Email' }).click()
  await expect(screen.field('email')).toBeFocused()
})

test('terms that are not accepted stop the way, and nothing is sent', async ({ page, world, ledger }) => {
  const person = newcomer()
  await arriveToRegister(page, ledger)
  const screen = registerScreen(page)
  await expect(screen.terms).not.toBeChecked()
  for (const [name, value] of Object.entries(person)) await screen.field(name).fill(value)
  await screen.submit.click()
  await expect(screen.errorOf('accepted')).toBeVisible()
  await expect(screen.terms).toBeFocused()
  expect(await world.mail.list(person.email)).toEqual([])
})

test('the organization of the scope is joined: its look, its name, its people', async ({ page, world, oven }) => {
  const person = newcomer()
  const request = await arriveToRegister(page, oven, { scope: `openid profile email ${KRUSTE}` })
  await expect(page.locator('body')).toHaveAttribute('data-layout', 'split')
  await expect(page.getByText('You are joining Kruste.')).toBeVisible()
  await fillIn(page, person)
  await enterCode(page, (await sentTo(page, world, person.email)).code)
  const tokens = await oven.redeem(request, await oven.answer(page, request))
  expect(tokens.claims.sub).toMatch(/^usr_/)
  // the default organization has nobody of that name
  await page.context().clearCookies()
  await arrive(page, oven, { scope: 'openid urn:vestibule:org:domain:primary:acme.test' })
  await identify(page, person.email)
  await enterPassword(page, person.newPassword)
  await expect(page.locator('.field .error')).toBeVisible()
})

test('the fields are those of the organization’s policy, and its password rules too', async ({ page, world, oven }) => {
  const person = newcomer()
  const request = await arriveToRegister(page, oven, { scope: `openid ${GUILD}` })
  const screen = registerScreen(page)
  await expect(screen.field('username')).toBeVisible()
  await expect(page.getByText('Phone number (optional)')).toBeVisible()
  const username = person.email.split('@')[0] ?? ''
  const send = async (newPassword: string) => {
    await fillIn(page, { ...person, username, phone: '+49 30 901820', newPassword })
  }
  for (const [password, error] of [
    ['Ab1-', 'This is too short.'],
    ['only lower case and 1', 'It still needs an upper-case letter.'],
    ['ONLY UPPER CASE AND 1', 'It still needs a lower-case letter.'],
    ['No digits in this one', 'It still needs a digit.'],
    ['NoSymbolsInThisOne1', 'It still needs a symbol.'],
  ] as const) {
    await send(password)
    await expect(screen.errorOf('newPassword')).toHaveText(error)
  }
  await send('A lighthouse, 42 steps!')
  await enterCode(page, (await sentTo(page, world, person.email)).code)
  // the application is of another organization
  await consentScreen(page).allow.click()
  expect((await oven.answer(page, request)).parameters.has('code')).toBe(true)

  await page.context().clearCookies()
  await arriveToRegister(page, oven, { scope: `openid ${GUILD}` })
  await fillIn(page, { ...newcomer(), username: username.toUpperCase(), newPassword: 'A lighthouse, 42 steps!' })
  await expect(screen.errorOf('username')).toHaveText('Somebody has this already. Choose another one.')
  await expect(screen.field('username')).toBeFocused()
})

test('proof of work runs by itself, says so, and needs nothing from the person', async ({ page, world, oven }) => {
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await arriveToRegister(page, oven, { scope: `openid ${GUILD}` })
  await expect(registerScreen(page).progress).toHaveText('Done: no robot is asking.', { timeout: 20_000 })
  expect(refused).toEqual([])
  // what was spent is done anew without a word
  const person = newcomer()
  const more = { username: person.email.split('@')[0] ?? '', newPassword: 'A lighthouse, 42 steps!' }
  await fillIn(page, { ...person, ...more })
  await sentTo(page, world, person.email)
  await emailCodeScreen(page).change.click()
  await fillIn(page, { newPassword: more.newPassword })
  await expect(emailCodeScreen(page).code).toBeFocused({ timeout: 20_000 })
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

test('the link of the mail fills the code into the tab that waits, and sends nothing', async ({
  page,
  world,
  ledger,
}) => {
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person)
  const { link, code } = await sentTo(page, world, person.email)
  const tab = await page.context().newPage()
  await tab.goto(link ?? '')
  await expect(emailCodeScreen(tab).code).toHaveValue(code ?? '')
  await expect(emailCodeScreen(tab).filled).toBeVisible()
  await expect(emailCodeScreen(page).code).toHaveValue(code ?? '')
  await expect(emailCodeScreen(page).filled).toBeVisible()
  await expect(tab).toHaveURL(/\/login\/req_[0-9a-f]+$/)
  await emailCodeScreen(page).submit.click()
  expect((await ledger.answer(page, request)).parameters.has('code')).toBe(true)
})

test('opened in another browser the link shows the code to type, and changes nothing', async ({
  page,
  world,
  ledger,
  browser,
}) => {
  const person = newcomer()
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, person)
  const { link, code } = await sentTo(page, world, person.email)
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(link ?? '')
  await expect(codeToTypeScreen(elsewhere).heading).toBeFocused()
  await expect(codeToTypeScreen(elsewhere).code).toHaveText(code ?? '')
  await expect(elsewhere.getByRole('button')).toHaveCount(0)
  await elsewhere.context().close()
  await enterCode(page, code)
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
