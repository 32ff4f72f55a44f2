import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** What may use the account. */
export const applicationsScreen = (page: Page) => ({
  ...portalScreen(page),
  heading: page.getByRole('heading', { level: 1 }),
  rows: page.locator('main').getByRole('listitem'),
  row: (name: string) => page.locator('main').getByRole('listitem').filter({ hasText: name }),
  /** The button of a row, in any language. */
  stop: (name: string) => page.locator('main').getByRole('listitem').filter({ hasText: name }).getByRole('button'),
  confirm: page.getByRole('alertdialog').getByRole('button').last(),
})
