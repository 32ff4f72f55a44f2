import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** The code of a forgotten password. */
export const resetCodeScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Check your messages' }),
  code: page.locator('input[name=code]'),
  error: page.locator('.field .error'),
  resend: page.getByRole('button', { name: 'Send a new code' }),
  resent: page.getByText('A new code is on its way.'),
  back: page.getByRole('button', { name: 'Back to the password' }),
})

/** The new password. */
export const newPasswordScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Choose a new password' }),
  newPassword: page.locator('input[name=newPassword]'),
  hiddenIdentifier: page.locator('input[name=identifier][hidden]'),
  rules: page.locator('.rules li'),
  error: page.locator('.field .error'),
  elsewhere: page.getByRole('checkbox', { name: /^Sign out everywhere else/ }),
  save: page.locator('button.primary[type=submit]'),
})

/** Where the link of the message leads. */
export const resetLinkScreen = (page: Page) => ({
  ...anyScreen(page),
  goOn: page.getByRole('button', { name: 'Go on' }),
  done: page.getByRole('heading', { level: 1, name: 'Your new password is saved' }),
  badLink: page.getByRole('heading', { level: 1, name: 'This link doesn’t work any more' }),
})
