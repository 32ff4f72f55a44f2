import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** This account may not come in. */
export const deniedScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'This account is locked' }),
  another: page.getByRole('main').getByRole('button', { name: 'Use another account' }).last(),
  backToApplication: page.getByRole('button', { name: /^Back to / }),
})

/** After too many wrong passwords, of whomever. */
export const lockedScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Too many tries' }),
  text: page.locator('.head p'),
  another: page.getByRole('main').getByRole('button', { name: 'Use another account' }).last(),
})

/** A program of this device has the answer, and the browser stays. */
export const signedInScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'You’re signed in' }),
  text: page.locator('.head p'),
  open: page.getByRole('button', { name: /^Open / }),
})

/** Our own error page: nothing is followed. */
export const errorScreen = (page: Page) => ({
  ...anyScreen(page),
  /** The request's id, to be sent along. */
  trace: page.locator('.secret code'),
  code: page.locator('.hint bdi'),
  account: page.getByRole('link', { name: 'Go to your account' }),
  backToApplication: page.getByRole('link', { name: /^Back to / }),
})
