import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** This account may not come in. */
export const deniedScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'This account is locked' }),
  another: page.getByRole('main').getByRole('button', { name: 'Use another account' }).last(),
  backToApplication: page.getByRole('button', { name: /^Back to / }),
})

/** Our own error page: nothing is followed. */
export const errorScreen = (page: Page) => ({
  ...anyScreen(page),
  /** The request's id, to be sent along. */
  trace: page.locator('.secret code'),
  code: page.locator('.hint bdi'),
  account: page.getByRole('link', { name: 'Go to your account' }),
})
