import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** Who is it? */
export const identifyScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Sign in', exact: true }),
  identifier: page.locator('input[name=identifier]:not([hidden])'),
  fieldError: page.locator('.field .error'),
  next: page.getByRole('button', { name: 'Continue' }),
  create: page.getByRole('button', { name: 'Create an account' }),
  chooseAccount: page.getByRole('button', { name: 'Choose an account' }),
  backToApplication: page.getByRole('button', { name: /^Back to / }),
})
