import type { Page } from '@playwright/test'

/** What every page of the login has in the same place. */
export const anyScreen = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1 }),
  /** Whose house it is. */
  house: page.locator('.card-head'),
  /** The account the step is about. */
  chip: page.locator('.chip'),
  useAnotherAccount: page.locator('.chip').getByRole('button'),
  /** Why this step is shown. */
  reasons: page.locator('.why'),
  alert: page.getByRole('alert').filter({ hasText: /./ }),
  language: page.locator('select[name=language]'),
})
