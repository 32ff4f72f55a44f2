import type { Locator } from '@playwright/test'
import { token } from '../flows/branding.ts'
import { arrive, identify } from '../flows/sign-in.ts'
import { identifyScreen } from '../screens/identify.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { passwordScreen } from '../screens/password.ts'
import { ada } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('dark mode is there in the first HTML, and follows the system while the page is open', async ({
  page,
  ledger,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  const response = await page.goto(ledger.begin().url)
  expect(await response?.text()).toContain('<meta name="color-scheme" content="light dark"')
  const [darkCanvas, darkInk] = [await token(page, 'canvas'), await token(page, 'ink')]
  expect(lightness(darkCanvas)).toBeLessThan(0.3)
  expect(lightness(darkInk)).toBeGreaterThan(0.7)
  await page.emulateMedia({ colorScheme: 'light' })
  expect(lightness(await token(page, 'canvas'))).toBeGreaterThan(0.7)
  expect(lightness(await token(page, 'ink'))).toBeLessThan(0.3)
})

/** Of `#rrggbb`, roughly, 0 to 1. */
function lightness(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return channels.reduce((total, channel) => total + channel, 0) / (3 * 255)
}

const borderWidth = (element: Locator) =>
  element.evaluate((one) => Number.parseFloat(getComputedStyle(one).borderTopWidth))
const outlineWidth = (element: Locator) =>
  element.evaluate((one) => Number.parseFloat(getComputedStyle(one).outlineWidth))

test('in forced colours borders and focus remain', async ({ page, ledger }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await arrive(page, ledger)
  const { identifier, next } = identifyScreen(page)
  await expect(identifier).toBeFocused()
  expect(await borderWidth(identifier)).toBeGreaterThan(0)
  expect(await outlineWidth(identifier)).toBeGreaterThan(0)
  expect(await borderWidth(next)).toBeGreaterThan(0)
  await page.keyboard.press('Tab')
  await expect(next).toBeFocused()
  expect(await outlineWidth(next)).toBeGreaterThan(0)
})

test('focus can be seen on everything that takes it', async ({ page, ledger }) => {
  await arrive(page, ledger)
  await identify(page, ada.email)
  const screen = passwordScreen(page)
  const { button: passkey } = passkeyButton(page)
  await expect(passkey).toBeVisible()
  for (const target of [screen.show, screen.staySignedIn, screen.signIn, passkey, screen.forgot, screen.language]) {
    await page.keyboard.press('Tab')
    await expect(target).toBeFocused()
    const isSeen = await target.evaluate((element) => {
      const around = [element, element.parentElement].filter((one) => one !== null)
      return around.some((one) => getComputedStyle(one).outlineStyle !== 'none')
    })
    expect(isSeen).toBe(true)
  }
})

test('who asks for less motion gets none', async ({ page, ledger }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await arrive(page, ledger)
  await identify(page, ada.email)
  const longest = await page.evaluate(() => {
    const seconds = (times: string) => Math.max(...times.split(',').map((time) => Number.parseFloat(time)))
    return Math.max(
      ...[...document.querySelectorAll('*')].map((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element)
        return Math.max(seconds(animationDuration), seconds(transitionDuration))
      }),
    )
  })
  expect(longest).toBeLessThanOrEqual(0.001)
})
