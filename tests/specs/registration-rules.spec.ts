import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { arrive, enterPassword, identify } from '../flows/sign-in.ts'
import { consentScreen } from '../screens/consent.ts'
import { emailCodeScreen, registerScreen } from '../screens/registration.ts'
import { expect, test } from '../support/test.ts'

/** It asks for more than others do. */
const GUILD = 'urn:vestibule:org:domain:primary:guild.test'

const KRUSTE = 'urn:vestibule:org:domain:primary:kruste.test'

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
