import type { Page } from '@playwright/test'
import type { Person } from '../support/people.ts'
import { anyScreen } from './page.ts'

/** The accounts of this browser, and the mode in which they are signed out or removed. */
export const pickerScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Choose an account' }),
  accounts: page.getByRole('button', { name: /^Sign in as / }),
  account: ({ name, email }: Person) => page.getByRole('button', { name: new RegExp(`^Sign in as ${name}, ${email}`) }),
  another: page.getByRole('button', { name: 'Use another account' }),
  manage: page.getByRole('button', { name: 'Sign out or remove accounts' }),

  manageHeading: page.getByRole('heading', { level: 1, name: 'Accounts in this browser' }),
  row: ({ email }: Person) => page.getByRole('listitem').filter({ hasText: email }),
  signOut: ({ name }: Person) => page.getByRole('button', { name: `Sign out ${name}` }),
  remove: ({ name }: Person) => page.getByRole('button', { name: `Remove ${name}` }),
  signOutAll: page.getByRole('button', { name: 'Sign out of all accounts' }),
  done: page.getByRole('button', { name: 'Done' }),
})
