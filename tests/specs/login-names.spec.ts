import type { Page } from '@playwright/test'
import { arrive, enterPassword, identify } from '../flows/sign-in.ts'
import { consentScreen } from '../screens/consent.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { type Application, createApplication } from '../support/application.ts'
import { configuration, QUIET_LOGIN } from '../support/configuration.ts'
import { PASSWORD } from '../support/people.ts'
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts'
import { type Server, startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const SHARED = 'sam@mail.test'
const OTHER_PASSWORD = 'five words open many doors'

/** An organization that takes these kinds of names, with one person. */
const house = (name: string, identifiers: readonly string[], person: object = {}) => ({
  primaryDomain: `${name}.test`,
  name,
  policies: { login: { ...QUIET_LOGIN, identifiers } },
  users: [
    {
      givenName: 'Sam',
      familyName: name,
      username: `sam-${name}`,
      email: `sam@${name}.test`,
      emailVerified: true,
      phone: '+4930901820',
      phoneVerified: true,
      password: PASSWORD,
      ...person,
    },
  ],
})

const HOUSES = [
  house('mail', ['email']),
  house('names', ['username']),
  house('phones', ['phone', 'username']),
  // the same address again, of somebody else
  house('twin', ['username', 'email', 'phone'], { email: SHARED, password: OTHER_PASSWORD, phone: '+4930901821' }),
]

let server: Server
let relyingParty: RelyingParty
let ledger: Application
test.beforeAll(async () => {
  relyingParty = await startRelyingParty()
  const { organizations } = configuration(relyingParty.origin)
  server = await startServer({ organizations: [...organizations, ...HOUSES] })
  ledger = createApplication(server.origin, relyingParty, 'ledger')
})
test.afterAll(async () => {
  await server.stop()
  await relyingParty.close()
})

const within = (name: string) => ({
  scope: `openid email urn:vestibule:org:domain:primary:${name}.test`,
  prompt: 'login',
})

/** Whom this name and password sign in where this organization is asked for; null: nobody, and the page says no more than that. */
async function whoIs(page: Page, wishes: Record<string, string>, name: string, password = PASSWORD) {
  await page.context().clearCookies()
  const request = await arrive(page, ledger, wishes)
  await identify(page, name)
  await enterPassword(page, password)
  const { fieldError } = passwordScreen(page)
  const { allow } = consentScreen(page)
  const arrived = () => page.url().startsWith(ledger.redirectUri)
  await expect.poll(async () => arrived() || (await fieldError.or(allow).isVisible())).toBe(true)
  if (!arrived() && (await fieldError.isVisible())) {
    await expect(fieldError).toHaveText('That login name and password don’t match. Check both and try again.')
    return null
  }
  // asked for the first time only
  if (!arrived()) await allow.click()
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  return claims.sub
}

test('where only addresses let people in, user names and numbers are names that nobody has', async ({ page }) => {
  await arrive(page, ledger, within('mail'))
  await expect(page.getByText('Email', { exact: true })).toBeVisible()
  await expect(identifyScreen(page).identifier).toHaveAttribute('type', 'email')
  expect(await whoIs(page, within('mail'), ' SAM@Mail.test ')).toMatch(/^usr_/)
  for (const name of ['+49 30 901820', 'sam@names.test'])
    expect(await whoIs(page, within('mail'), name), name).toBeNull()
})

test('where addresses let nobody in, an address is a name that nobody has', async ({ page }) => {
  await arrive(page, ledger, within('names'))
  await expect(page.getByText('Username', { exact: true })).toBeVisible()
  expect(await whoIs(page, within('names'), 'SAM-Names')).toMatch(/^usr_/)
  expect(await whoIs(page, within('names'), 'sam@names.test')).toBeNull()
})

test('where numbers let people in they do in every spelling, and addresses do not', async ({ page }) => {
  const found = new Set<unknown>()
  for (const name of ['+4930901820', '+49 (30) 90 18-20', '+49 30 901820', 'sam-phones'])
    found.add(await whoIs(page, within('phones'), name))
  expect(found.size).toBe(1)
  expect([...found][0]).toMatch(/^usr_/)
  expect(await whoIs(page, within('phones'), 'sam@phones.test')).toBeNull()
})

test('of two people with one address each gets in where their organization is asked for, and neither as the other', async ({
  page,
}) => {
  const [one, twin] = [
    await whoIs(page, within('mail'), SHARED),
    await whoIs(page, within('twin'), SHARED, OTHER_PASSWORD),
  ]
  expect(one).toMatch(/^usr_/)
  expect(twin).toMatch(/^usr_/)
  expect(one).not.toBe(twin)
  expect(await whoIs(page, within('mail'), SHARED, OTHER_PASSWORD)).toBeNull()
  expect(await whoIs(page, within('twin'), SHARED)).toBeNull()
  // where none is asked for, the house of the address counts
  const anywhere = { scope: 'openid', prompt: 'login' }
  expect(await whoIs(page, anywhere, SHARED)).toBe(one)
  expect(await whoIs(page, anywhere, SHARED, OTHER_PASSWORD)).toBeNull()
})

test('in German the field is named by what it takes', async ({ page }) => {
  for (const [name, label] of [
    ['mail', 'E-Mail-Adresse'],
    ['names', 'Benutzername'],
    ['phones', 'Telefonnummer oder Benutzername'],
    ['twin', 'E-Mail-Adresse, Telefonnummer oder Benutzername'],
  ] as const) {
    await arrive(page, ledger, { ...within(name), ui_locales: 'de' })
    await expect(page.locator('form .field label')).toHaveText(label)
  }
})
