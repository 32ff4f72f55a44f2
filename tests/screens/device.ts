import type { Page } from '@playwright/test'

/** Where the code of a device is typed, and where it is let in, in any language. */
export const deviceScreen = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1 }),
  code: page.locator('input[name=code]'),
  fieldError: page.locator('.field .error'),
  shown: page.locator('.shown-code'),
  warning: page.locator('.notice.warning'),
  allow: page.locator('button[value=allow]'),
  refuse: page.locator('button[value=cancel]'),
})
