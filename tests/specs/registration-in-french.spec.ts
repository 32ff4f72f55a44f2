import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { emailCodeScreen, registerScreen } from '../screens/registration.ts'
import { theo } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const FRENCH = { ui_locales: 'fr' }

test('a password that many use, or that holds one’s own name, is refused with a reason', async ({ page, ledger }) => {
  const person = newcomer()
  await arriveToRegister(page, ledger, FRENCH)
  const screen = registerScreen(page)
  await fillIn(page, { ...person, newPassword: 'password1234' })
  await expect(screen.errorOf('newPassword')).toHaveText(/^Beaucoup de gens utilisent celui-ci/)
  await expect(screen.field('newPassword')).toBeFocused()
  await fillIn(page, { newPassword: 'okoye et le phare' })
  await expect(screen.errorOf('newPassword')).toHaveText(/^Il contient votre nom/)
  await expect(screen.field('email')).toHaveValue(person.email)
})

test('a new code ends the one before, in the mail’s language too, and the account is made', async ({
  page,
  world,
  ledger,
}) => {
  test.setTimeout(90_000)
  const person = newcomer()
  const request = await arriveToRegister(page, ledger, FRENCH)
  await fillIn(page, person)
  const first = await sentTo(page, world, person.email)
  expect(first.subject).toBe('Confirmez votre adresse e-mail')
  const { error, code } = emailCodeScreen(page)
  for (let tries = 0; tries < 5; tries++) {
    await enterCode(page, 'pas de code')
    // said before the next one is typed: what is sent meanwhile is not sent twice
    const said = [/4 essais/, /3 essais/, /2 essais/, /un essai/, 'Ce code ne fonctionne plus. Demandez-en un nouveau.']
    await expect(error).toHaveText(said[tries] ?? '')
  }
  await page.locator('form.tray button[type=submit]').click({ timeout: 40_000 })
  await expect(page.getByText('Un nouveau code est en route. Le précédent ne fonctionne plus.')).toBeVisible()
  const second = await world.mail.next(person.email, 'verify_email', [first])
  if (second.code !== first.code) {
    await enterCode(page, first.code)
    await expect(error).toContainText('essai')
  }
  await code.fill('')
  await enterCode(page, second.code)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims.sub).toMatch(/^usr_/)
})

test('whoever has an account already hears of it by mail, in the language of the page', async ({
  page,
  world,
  ledger,
}) => {
  const known = await world.mail.list(theo.email)
  await arriveToRegister(page, ledger, FRENCH)
  await fillIn(page, { ...newcomer(), email: theo.email })
  await expect(emailCodeScreen(page).code).toBeFocused()
  const mail = await world.mail.next(theo.email, 'address_taken', known)
  expect(mail.subject).toMatch(/compte/)
  expect(mail.code).toBeNull()
})
