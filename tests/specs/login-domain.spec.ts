import { firstBrand, watchFrames } from '../flows/branding.ts'
import { choosePassword, enterResetCode, forget, NEW_PASSWORD } from '../flows/reset.ts'
import { arrive, enterPassword, identify, signInTo } from '../flows/sign-in.ts'
import { accountScreen, portalScreen } from '../screens/account.ts'
import { errorScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passwordScreen } from '../screens/password.ts'
import { resetLinkScreen } from '../screens/reset.ts'
import { signedOutScreen } from '../screens/sign-out.ts'
import { type Application, createApplication } from '../support/application.ts'
import { fetchHere } from '../support/loopback.ts'
import { ada, KRUSTE_LOOK, klara, ludo } from '../support/people.ts'
import { test as base, expect } from '../support/test.ts'

const test = base.extend<{ kruste: string; bakery: Application }>({
  /** The address of its own that Kruste has. */
  kruste: ({ world }, provide) => provide(`http://kruste.localhost:${new URL(world.origin).port}`),
  /** The application of Kruste that finds its issuer there. */
  bakery: ({ world, kruste }, provide) => provide(createApplication(kruste, world.relyingParty, 'oven', fetchHere)),
})

test('at its login domain an organization is the issuer, under its own look from the first frame on', async ({
  page,
  bakery,
  kruste,
}) => {
  const frames = await watchFrames(page)
  const request = bakery.begin()
  expect(await firstBrand(await page.goto(request.url))).toBe(KRUSTE_LOOK.brand)
  expect(new URL(page.url()).origin).toBe(kruste)
  await expect(identifyScreen(page).house).toContainText('Kruste')
  await expect(identifyScreen(page).reasons).toHaveCount(0)
  await identify(page, klara.email)
  expect(await frames()).toEqual([`Sign in: ${KRUSTE_LOOK.brand}`, `Enter your password: ${KRUSTE_LOOK.brand}`])
  await enterPassword(page)
  const { claims } = await bakery.redeem(request, await bakery.answer(page, request))
  expect(claims).toMatchObject({ iss: kruste, aud: 'oven' })
})

test('somebody who is signed in there has the account pages there, and is a stranger at the public address', async ({
  page,
  bakery,
  oven,
  kruste,
  world,
}) => {
  await signInTo(page, bakery, klara)
  await page.goto(`${kruste}/account`)
  await expect(accountScreen(page).heading).toContainText('Klara')
  expect(page.url()).toBe(`${kruste}/account`)
  const cookies = await page.context().cookies()
  expect(new Set(cookies.map(({ domain }) => domain))).toEqual(new Set(['kruste.localhost']))

  const silent = await arrive(page, oven, { prompt: 'none' })
  expect((await oven.answer(page, silent)).parameters.get('error')).toBe('login_required')
  await page.goto(`${world.origin}/account`)
  await expect(identifyScreen(page).house).toContainText('Acme')

  await page.goto(`${kruste}/account/sessions`)
  await portalScreen(page).menu.click()
  await portalScreen(page).signOut.click()
  await expect(signedOutScreen(page).heading).toBeVisible()
  await expect(signedOutScreen(page).house).toContainText('Kruste')
  expect(page.url()).toBe(`${kruste}/signed-out`)
})

test('nobody of another organization signs in there, and its applications are not known there', async ({
  page,
  bakery,
  kruste,
}) => {
  await arrive(page, bakery)
  await identify(page, ada.email)
  await enterPassword(page)
  await expect(passwordScreen(page).fieldError).toHaveText(
    'That login name and password don’t match. Check both and try again.',
  )
  await page.goto(bakery.begin({ client_id: 'ledger' }).url)
  await expect(errorScreen(page).code).toHaveText('invalid_request')
  await expect(errorScreen(page).house).toContainText('Kruste')
  expect(new URL(page.url()).origin).toBe(kruste)
})

test('who forgot a password there comes back there from the mail', async ({ page, context, world, bakery, kruste }) => {
  const { request, message } = await forget(page, world, bakery, ludo)
  expect(new URL(message.link!).origin).toBe(kruste)
  expect(message.text.trim().split('\n').at(-1)).toBe(kruste)
  const mailbox = await context.newPage()
  await mailbox.goto(message.link!)
  await expect(resetLinkScreen(mailbox).house).toContainText('Kruste')

  await enterResetCode(page, message.code)
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  const { claims } = await bakery.redeem(request, await bakery.answer(page, request))
  expect(claims.iss).toBe(kruste)
})
