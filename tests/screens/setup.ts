import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** The first password, with a one-time link. */
export const setupScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Choose your password' }),
  newPassword: page.locator('input[name=newPassword]'),
  rules: page.locator('.rules li'),
  fieldError: page.locator('.field .error'),
  save: page.getByRole('button', { name: 'Save password' }),
  done: page.getByRole('heading', { level: 1, name: 'Your password is set' }),
  signIn: page.getByRole('link', { name: 'Sign in' }),
  badLink: page.getByRole('heading', { level: 1, name: 'This link doesn’t work any more' }),
})
