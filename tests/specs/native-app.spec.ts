import type { Page } from '@playwright/test'
import { signIn } from '../flows/sign-in.ts'
import { errorScreen, signedInScreen } from '../screens/endings.ts'
import { createApplication } from '../support/application.ts'
import { ada } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

const PROGRAM = 'com.acme.notes:/callback'

const begin = ({ origin, relyingParty }: World) =>
  createApplication(origin, relyingParty, 'notes').begin({ redirect_uri: PROGRAM }).url

/** What the browser handed to a program of its device: no such one is installed, so it stays where it is. */
async function handedOver(page: Page): Promise<string[]> {
  const browser = await page.context().newCDPSession(page)
  const addresses: string[] = []
  browser.on('Page.frameRequestedNavigation', ({ url }) => {
    if (url.startsWith(PROGRAM)) addresses.push(url)
  })
  await browser.send('Page.enable')
  return addresses
}

test('whoever signs in for a program of the device stays on a page that says so, and opens it by a press as well', async ({
  page,
  world,
}) => {
  const addresses = await handedOver(page)
  await page.goto(begin(world))
  await signIn(page, ada)
  const screen = signedInScreen(page)
  await expect(screen.heading).toBeFocused()
  await expect(screen.text).toHaveText('Go back to Notes. You can close this page.')
  await expect.poll(() => addresses.length).toBe(1)
  expect(new URL(addresses[0] ?? '').searchParams.get('code')).toMatch(/^vc_/)

  await page.keyboard.press('Tab')
  await expect(screen.open).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => addresses).toEqual([addresses[0], addresses[0]])

  // opened again, by whatever way, it hands nothing over
  await expect(page).toHaveURL('/signed-in')
  const again = await page.context().newPage()
  const nothing = await handedOver(again)
  await again.goto(page.url())
  await expect(signedInScreen(again).text).toHaveText('You can go back to the app and close this page.')
  await expect(signedInScreen(again).open).toBeHidden()
  expect(nothing).toEqual([])
})

test('with a session the program has the answer at once, without a page', async ({ page, world }) => {
  const addresses = await handedOver(page)
  await page.goto(begin(world))
  await signIn(page, ada)
  await expect(signedInScreen(page).heading).toBeVisible()
  // before that the browser would give up where it is sent next
  await expect.poll(() => addresses.length).toBe(1)
  const answer = await page.request.get(begin(world), { maxRedirects: 0 })
  expect(answer.status()).toBe(302)
  expect(answer.headers().location).toMatch(/^com\.acme\.notes:\/callback\?code=vc_/)
})

test('a login that is over leads back to where its application begins another one', async ({ page, world }) => {
  const addresses = await handedOver(page)
  await page.goto(begin(world))
  const address = page.url()
  await signIn(page, ada)
  await expect(signedInScreen(page).heading).toBeVisible()
  await expect.poll(() => addresses.length).toBe(1)
  await page.goto(address)
  const back = errorScreen(page).backToApplication
  await expect(back).toHaveText('Back to Notes')
  const query = new URLSearchParams({ iss: world.origin })
  await expect(back).toHaveAttribute('href', `https://notes.test/start?${query}`)
})
