import { anotherBrowser } from '../flows/browsers.ts'
import { enterSecond, keepCodes, setUpApp } from '../flows/second-factor.ts'
import { arrive, signIn } from '../flows/sign-in.ts'
import { pickerScreen } from '../screens/picker.ts'
import { recoveryCodesScreen, secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { doubles } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { totpCode } from '../support/totp.ts'

const [tess, tim, tara, toni, tilda, timo, thea] = doubles
const TWO = { acr_values: 'aal2' }

test('an application that asks for two factors has an app set up, and is told of both', async ({ page, ledger }) => {
  const request = await arrive(page, ledger, TWO)
  await signIn(page, tess)
  const screen = secondFactorScreen(page)
  await expect(screen.reasons).toHaveText('Ledger asks for two checks.')
  await expect(screen.notNow).toBeHidden()
  let used = ''
  const secret = await setUpApp(page, (code) => {
    used = code
    return `${code.slice(0, 3)} ${code.slice(3)}`
  })

  const codes = recoveryCodesScreen(page)
  await expect(codes.heading).toHaveText('Save your recovery codes')
  await codes.goOn.click()
  await expect(codes.saved).toBeFocused()
  await keepCodes(page)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })

  // from then on it is asked for, by everybody and in every browser
  await page.context().clearCookies()
  const again = await arrive(page, ledger)
  await signIn(page, tess)
  await expect(screen.heading).toHaveText('One more check')
  await enterSecond(page, used)
  await expect(screen.error).toHaveText('That code isn’t right. Check it and try again.')
  await enterSecond(page, totpCode(secret, 1))
  await ledger.answer(page, again)
})

test('a lost phone: a recovery code opens the account once', async ({ page, ledger, world }) => {
  const first = await arrive(page, ledger, TWO)
  await signIn(page, tim)
  await setUpApp(page)
  const [code = ''] = await keepCodes(page)
  await ledger.answer(page, first)
  const screen = secondFactorScreen(page)

  await page.context().clearCookies()
  const request = await arrive(page, ledger)
  await signIn(page, tim)
  await screen.other.click()
  await screen.method('Recovery code').click()
  await enterSecond(page, code.toLowerCase())
  await ledger.answer(page, request)
  expect((await world.mail.next(tim.email, 'recovery_code_used')).text).toContain('9')

  await page.context().clearCookies()
  await arrive(page, ledger)
  await signIn(page, tim)
  await screen.other.click()
  await screen.method('Recovery code').click()
  await enterSecond(page, code)
  await expect(screen.error).toBeVisible()
})

test('a code by mail is set up and asked for: typed, filled in by its link, wrong, and a new one', async ({
  page,
  ledger,
  world,
}) => {
  const before = await arrive(page, ledger, TWO)
  await signIn(page, tara)
  const screen = secondFactorScreen(page)
  await screen.method('Code by email').click()
  await screen.send.click()
  const first = await world.mail.next(tara.email, 'login_code')
  await enterSecond(page, '000000')
  await expect(screen.error).toContainText('4')
  await enterSecond(page, `Your code is ${first.code}`)
  await keepCodes(page)
  await ledger.answer(page, before)

  await page.context().clearCookies()
  const request = await arrive(page, ledger)
  await signIn(page, tara)
  await screen.send.click()
  const second = await world.mail.next(tara.email, 'login_code', [first])
  await page.goto(second.link!)
  await expect(screen.code).toHaveValue(second.code!)
  await screen.code.press('Enter')
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'email', 'mfa'] })
})

test('on the security page an app is added and removed, and a recovery code is tried without using it up', async ({
  page,
  world,
}) => {
  await page.goto('/account/security')
  await signIn(page, toni)
  const screen = securityScreen(page)
  await screen.add('Authenticator app').click()
  await enterSecond(page, totpCode((await secondFactorScreen(page).secret.textContent()) ?? ''))
  await expect(screen.said).toHaveText('Authenticator app is set up.')
  // what was said is said again in another language
  await screen.language.selectOption('de')
  await expect(screen.said).not.toContainText('is set up')
  await screen.language.selectOption('en')
  await expect(screen.said).toHaveText('Authenticator app is set up.')
  await expect(screen.codes).toHaveCount(10)
  const [code = ''] = await screen.codes.allTextContents()
  await screen.kept.click()
  await world.mail.next(toni.email, 'factor_added')
  await expect(screen.whatIf('If you lost your phone')).toContainText('Password, then Recovery code')

  await screen.tryCode.click()
  await screen.code.fill(code)
  await screen.tryIt.click()
  await expect(screen.said).toHaveText('This code works, and it is still there when you need it.')
  await expect(page.getByText('10 are left.')).toBeVisible()

  await screen.remove('Authenticator app').click()
  await screen.confirm.click()
  await expect(screen.said).toHaveText('Authenticator app is removed.')
  await world.mail.next(toni.email, 'factor_removed')
})

test('two accounts in one browser: one with a second factor, one without', async ({ browser, world, ledger }) => {
  const { page } = await anotherBrowser(browser, world.origin)
  const first = await arrive(page, ledger, TWO)
  await signIn(page, tilda)
  await setUpApp(page)
  await keepCodes(page)
  await ledger.answer(page, first)

  const other = await arrive(page, ledger, { prompt: 'select_account' })
  await pickerScreen(page).another.click()
  await signIn(page, timo)
  const one = await ledger.redeem(other, await ledger.answer(page, other))
  expect(one.claims).toMatchObject({ acr: 'aal1', amr: ['pwd'] })

  const request = await arrive(page, ledger, { prompt: 'select_account' })
  await pickerScreen(page).account(tilda).click()
  const two = await ledger.redeem(request, await ledger.answer(page, request))
  expect(two.claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})

test('auf Deutsch heißt alles, wie es heißen soll', async ({ browser, world, ledger }) => {
  const page = await browser.newPage({ baseURL: world.origin, locale: 'de-DE' })
  await arrive(page, ledger, TWO)
  await signIn(page, thea)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Richten Sie einen zweiten Nachweis ein')
  await setUpApp(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Heben Sie Ihre Wiederherstellungscodes auf')
  await keepCodes(page)
})
