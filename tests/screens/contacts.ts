import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** Where an address or a number is confirmed, replaced and taken away; by the names of fields, which are the same in every language. */
export const contactScreen = (page: Page) => {
  const code = page.locator('main form:has([name=code])')
  const fresh = page.locator('main form:has([name=value])')
  return {
    ...portalScreen(page),
    heading: page.getByRole('heading', { level: 1 }),
    present: page.locator('main .rows .row'),
    value: fresh.locator('[name=value]'),
    send: fresh.getByRole('button'),
    code: code.locator('[name=code]'),
    confirm: code.getByRole('button'),
    resend: page.locator('main form.tray').getByRole('button'),
    error: page.locator('main .field .error'),
    notice: page.locator('main .notice'),
    remove: page.getByRole('button', { name: 'Remove' }),
    username: page.locator('main [name=username]'),
    save: page.locator('main form:has([name=username])').getByRole('button'),
  }
}
