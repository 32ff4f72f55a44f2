import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/test.ts'

test('In development nothing is sent, and an empty outbox says so', async ({ page, world }) => {
  expect(await world.mail.list('nobody@acme.test')).toEqual([])
  await page.goto('/dev/outbox')
  await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible()
  await expect(page.getByText('none of them sent')).toBeVisible()
})

test('In development every message is seen in every language, look and part before anybody gets it', async ({
  page,
}) => {
  await page.goto('/__messages')
  await page.getByRole('link', { name: 'new device' }).click()
  await page.getByLabel('Language').selectOption('ar')
  await page.getByLabel('Look').selectOption({ label: 'Kruste' })
  const mail = page.frameLocator('iframe')
  await expect(mail.locator('body > div[lang=ar][dir=rtl]')).toBeVisible()
  await expect(mail.getByRole('heading', { level: 1 })).toHaveText('استُخدم حسابك في متصفح جديد')
  await expect(mail.getByText('Kruste', { exact: true })).toBeVisible()
  await page.getByLabel('Part').selectOption('text')
  await expect(page.locator('pre[lang=ar]')).toContainText('/not-me#')
})

test('A mail can be read by everybody, in light and dark', async ({ page }) => {
  for (const mode of ['light', 'dark']) {
    // its own page runs no script, not even that of the tests
    const mail = await page.request.get(`/__messages/email.reset_password?mode=${mode}`)
    await page.setContent(await mail.text())
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
})
