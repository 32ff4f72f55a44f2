import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** What somebody says of themselves. Fields are found by their names, which are the same in every language. */
export const profileScreen = (page: Page) => ({
  ...portalScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Profile' }),
  field: (name: string) => page.locator(`main form [name=${name}]`),
  error: (name: string) => page.locator(`.field:has([name=${name}]) .error`),
  save: page.locator('main form').getByRole('button').last(),
  notice: page.locator('main form .notice'),
  summary: page.locator('.summary'),
  appearance: (name: string) => page.getByRole('radio', { name }),
})
