import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** The account page: who one is, and where one is signed in. */
export const accountScreen = (page: Page) => {
  const here = page.locator('section').filter({ has: page.getByRole('heading', { name: 'This browser' }) })
  const elsewhere = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Elsewhere' }) })
  const dialog = page.getByRole('alertdialog')
  return {
    ...anyScreen(page),
    heading: page.getByRole('heading', { level: 1, name: /^Good (morning|afternoon|evening), / }),
    facts: page.locator('.facts dd'),
    here,
    signOut: here.getByRole('button', { name: 'Sign out' }),
    elsewhere,
    /** Here and elsewhere, in any language. */
    sessions: page.locator('section li.row'),
    others: elsewhere.getByRole('listitem'),
    end: elsewhere.getByRole('button', { name: /^End .*, last used/ }),
    endOthers: elsewhere.getByRole('button', { name: 'End all others' }),
    dialog,
    confirmOne: dialog.getByRole('button', { name: 'End it' }),
    confirmAll: dialog.getByRole('button', { name: 'End all' }),
    keep: dialog.getByRole('button', { name: /^Keep/ }),
  }
}
