import type { Page } from '@playwright/test'
import type { Person } from '../support/people.ts'
import { anyScreen } from './page.ts'

/** Whom to sign out: asked where the application proves nothing. */
export const signOutScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Sign out?' }),
  choices: page.getByRole('radio'),
  account: ({ email }: Person) => page.getByRole('radio', { name: new RegExp(email) }),
  all: page.getByRole('radio', { name: 'All accounts' }),
  notice: page.locator('.notice'),
  signOut: page.getByRole('button', { name: 'Sign out', exact: true }),
  stay: page.getByRole('link', { name: 'Stay signed in' }),
})

/** Signed out, and who still is not. */
export const signedOutScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'You’re signed out' }),
  again: page.getByRole('link', { name: 'Sign in again' }),
  remaining: page.getByRole('listitem').filter({ hasText: 'Signed in' }),
})
