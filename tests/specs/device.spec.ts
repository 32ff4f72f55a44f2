import { enterUserCode, hear, switchOn } from '../flows/device.ts'
import { signIn } from '../flows/sign-in.ts'
import { deviceScreen } from '../screens/device.ts'
import { identifyScreen } from '../screens/identify.ts'
import { ada, theo } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

test('a device is let in by the code that somebody types elsewhere, after a sign-in and a word', async ({
  page,
  world,
}) => {
  const waiting = await switchOn(world.origin)
  expect(await hear(world.origin, waiting)).toMatchObject({ error: 'authorization_pending' })
  const screen = deviceScreen(page)
  await page.goto(waiting.verification_uri)
  await expect(screen.heading).toHaveText('Connect a device')
  await expect(screen.code).toBeFocused()
  await enterUserCode(page, ` ${waiting.user_code.toLowerCase().replace('-', ' ')}`)
  await expect(identifyScreen(page).identifier).toBeFocused()
  await signIn(page, ada)
  await expect(screen.heading).toHaveText('Let this device in?')
  await expect(screen.heading).toBeFocused()
  await expect(screen.shown).toHaveText(waiting.user_code)
  await expect(screen.warning).toContainText('If somebody gave you the code')
  await expect(page.locator('.head')).toContainText('Acme TV')
  await screen.allow.click()
  await expect(screen.heading).toHaveText('Your device is connected')
  expect(await hear(world.origin, waiting)).toHaveProperty('access_token')
})

test('the address with the code fills it in and does nothing; who refuses shares nothing', async ({ page, world }) => {
  const waiting = await switchOn(world.origin)
  const screen = deviceScreen(page)
  await page.goto(waiting.verification_uri_complete)
  await expect(screen.code).toHaveValue(waiting.user_code)
  expect(await hear(world.origin, waiting)).toMatchObject({ error: 'authorization_pending' })
  await page.getByRole('button', { name: 'Continue' }).click()
  await signIn(page, ada)
  await screen.refuse.click()
  await expect(screen.heading).toHaveText('The device wasn’t let in')
  expect(await hear(world.origin, waiting)).toMatchObject({ error: 'access_denied' })
  await page.getByRole('link', { name: 'Type another code' }).click()
  await expect(screen.code).toBeFocused()
})

test('a code that is wrong is said beside the field, which keeps what was typed', async ({ page, world }) => {
  await page.goto(`${world.origin}/device`)
  const screen = deviceScreen(page)
  await expect(screen.code).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(screen.fieldError).toBeVisible()
  await enterUserCode(page, 'BBBB-BBBB')
  await expect(screen.fieldError).toContainText('This code doesn’t work')
  await expect(screen.code).toBeFocused()
  await expect(screen.code).toHaveValue('BBBB-BBBB')
})

test.describe('in German', () => {
  test.use({ locale: 'de-DE' })
  test('a device is let in', async ({ page, world }) => {
    const waiting = await switchOn(world.origin)
    const screen = deviceScreen(page)
    await page.goto(waiting.verification_uri)
    await expect(screen.heading).toHaveText('Ein Gerät verbinden')
    await enterUserCode(page, waiting.user_code)
    // nobody chose a language for good as theo
    await signIn(page, theo)
    await expect(screen.heading).toHaveText('Dieses Gerät hereinlassen?')
    await page.getByRole('button', { name: 'Es ist meins, hereinlassen' }).click()
    await expect(screen.heading).toHaveText('Ihr Gerät ist verbunden')
  })
})
