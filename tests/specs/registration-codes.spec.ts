import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { codeToTypeScreen, emailCodeScreen } from '../screens/registration.ts'
import { ada } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

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
