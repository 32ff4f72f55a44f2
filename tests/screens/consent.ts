import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** May the application have what it asks for? */
export const consentScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: /^Let .* in\?$/ }),
  scopes: page.locator('.scopes li'),
  allow: page.getByRole('button', { name: 'Allow' }),
  refuse: page.getByRole('button', { name: 'Cancel' }),
  logo: page.locator('.meeting img'),
  links: page.locator('.hint').getByRole('link'),
})
