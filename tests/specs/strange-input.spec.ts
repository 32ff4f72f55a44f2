import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { signIn } from '../flows/sign-in.ts'
import { profileScreen } from '../screens/profile.ts'
import { registerScreen } from '../screens/registration.ts'
import { residents } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

const GUILD = 'urn:vestibule:org:domain:primary:guild.test'
const [EMPTY, LONG, WRONG] = [
  'Remplissez d’abord ce champ.',
  'C’est trop long.',
  'Cela ne semble pas correct. Vérifiez qu’il n’y a pas de faute de frappe.',
]
const AN_ADDRESS = ['nia', 'nia@', 'nia@new', 'a b@new.test', 'n..ia@new.test', 'nia@127.0.0.1', '<b>@new.test']

/** What is refused in each field, and what is said beside it. */
const BAD: readonly [string, string, string][] = [
  ['givenName', ' ', EMPTY],
  ['givenName', 'Nia\u202egnp.exe', WRONG],
  ['givenName', 'Nia\u0007', WRONG],
  ['familyName', '', EMPTY],
  ['familyName', '***', WRONG],
  ['email', '', EMPTY],
  ...AN_ADDRESS.map((value) => ['email', value, WRONG] as [string, string, string]),
  ['username', '', EMPTY],
  ['username', 'n'.repeat(65), LONG],
  ['username', 'nia okoye', WRONG],
  ['username', 'nia@new.test', WRONG],
  ['phone', '030 901820', WRONG],
  ['phone', 'call me', WRONG],
]

test('en français : ce qui ne va pas est dit à côté de chaque champ, tout reste tapé et rien n’est envoyé', async ({
  page,
  ledger,
}) => {
  await arriveToRegister(page, ledger, { scope: `openid ${GUILD}`, ui_locales: 'fr' })
  const screen = registerScreen(page)
  const good: Record<string, string> = {
    ...newcomer(),
    newPassword: 'Un phare, 42 marches !',
    username: 'nia',
    phone: '',
  }
  for (const [name, value] of Object.entries(good)) await screen.field(name).fill(value)
  for (const [name, typed, said] of BAD) {
    await screen.field(name).fill(typed)
    await screen.submit.click()
    await expect(screen.errorOf(name), `${name}: ${typed}`).toHaveText(said)
    await expect(screen.field(name)).toHaveValue(typed)
    await expect(screen.field(name)).toHaveAttribute('aria-invalid', 'true')
    await expect(screen.field('newPassword')).toHaveValue(good.newPassword!)
    await screen.field(name).fill(good[name]!)
  }
})

test('other scripts, signs of HTML, upper case and a plus are what they are, in the account and on the page', async ({
  page,
  world,
  ledger,
}) => {
  const { email, newPassword } = newcomer()
  const typed = {
    givenName: '<b>Ни́на</b>',
    familyName: '山田 “الهاشمي”',
    email: email.replace('@', '+Tür@').toUpperCase(),
  }
  const request = await arriveToRegister(page, ledger)
  await fillIn(page, { ...typed, newPassword })
  const address = typed.email.toLowerCase()
  await enterCode(page, (await sentTo(page, world, address)).code)
  const { access_token } = await ledger.redeem(request, await ledger.answer(page, request))
  const headers = { authorization: `Bearer ${access_token}` }
  const claims = (await (await fetch(`${world.origin}/oidc/v1/userinfo`, { headers })).json()) as { given_name: string }
  expect(claims).toMatchObject({ family_name: typed.familyName, email: address })
  expect(claims.given_name).toBe(typed.givenName.normalize('NFC'))
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<b>')
  await expect(page.locator('h1 b')).toHaveCount(0)
})

test('a domain that imitates another by letters of two alphabets is refused, also as the name service writes it; one of its own is not', async ({
  page,
  world,
  ledger,
}) => {
  const { email, ...person } = newcomer()
  const name = email.split('@')[0]!
  const request = await arriveToRegister(page, ledger)
  const screen = registerScreen(page)
  // the first letter of each is Cyrillic
  for (const domain of ['аcme.test', 'xn--cme-5cd.test', 'ACME.аcme.test']) {
    await fillIn(page, { ...person, email: `${name}@${domain}` })
    await expect(screen.errorOf('email'), domain).toHaveText('This doesn’t look right. Check it for typing mistakes.')
  }
  await fillIn(page, { ...person, email: `${name}@пример.test` })
  const { code } = await sentTo(page, world, `${name}@xn--e1afmkfd.test`)
  await enterCode(page, code)
  await ledger.answer(page, request)
})

test('日本語: プロフィールの欄の誤りはその欄の横に示され、入力したものは残る', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: 'ja-JP' })
  const page = await context.newPage()
  await page.goto('/account/profile')
  await signIn(page, residents[0]!)
  const screen = profileScreen(page)
  for (const [name, typed, said] of [
    ['displayName', '', '先にこちらを入力してください。'],
    ['familyName', 'x'.repeat(201), '長すぎます。'],
    ['nickname', 'a\u202etxt.exe', '正しくないようです。入力の誤りがないかご確認ください。'],
    ['website', 'javascript:alert(1)', '正しくないようです。入力の誤りがないかご確認ください。'],
  ] as const) {
    const before = await screen.field(name).inputValue()
    await screen.field(name).fill(typed)
    await screen.save.click()
    await expect(screen.error(name), `${name}: ${typed}`).toHaveText(said)
    await expect(screen.field(name)).toHaveValue(typed)
    await screen.field(name).fill(before)
  }
  await context.close()
})
