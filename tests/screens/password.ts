import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** The first factor. */
export const passwordScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Enter your password' }),
  password: page.locator('input[name=password]'),
  /** For password managers, which save the pair. */
  hiddenIdentifier: page.locator('input[name=identifier][hidden]'),
  fieldError: page.locator('.field .error'),
  show: page.getByRole('button', { name: 'Show password' }),
  hide: page.getByRole('button', { name: 'Hide password' }),
  staySignedIn: page.getByRole('checkbox', { name: /^Stay signed in/ }),
  /** In any language. */
  forgot: page.locator('form.stack > .quiet').first(),
  signIn: page.getByRole('button', { name: 'Sign in', exact: true }),
})
