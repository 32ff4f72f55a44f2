import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** The frame of the account pages: the rooms, and the menu with the accounts of this browser. */
export const portalScreen = (page: Page) => ({
  ...anyScreen(page),
  rooms: page.getByRole('navigation', { name: 'Your account' }),
  room: (name: string) => page.getByRole('navigation', { name: 'Your account' }).getByRole('link', { name }),
  menu: page.getByRole('button', { name: /switch accounts or sign out$/ }),
  menuItems: page.getByRole('menuitem'),
  switchTo: (name: string) => page.getByRole('menuitem', { name: new RegExp(`^Switch to ${name}`) }),
  useAnother: page.getByRole('menuitem', { name: 'Use another account' }),
  signOut: page.getByRole('menuitem', { name: 'Sign out' }),
  skip: page.getByRole('link', { name: 'Skip to the page' }),
})

/** The first room of the account: who one is. */
export const accountScreen = (page: Page) => ({
  ...portalScreen(page),
  heading: page.getByRole('heading', { level: 1, name: /^Good (morning|afternoon|evening), / }),
  facts: page.locator('.facts dd'),
})

/** Where one is signed in. */
export const sessionsScreen = (page: Page) => {
  const here = page.locator('section').filter({ has: page.getByRole('heading', { name: 'This browser' }) })
  const elsewhere = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Elsewhere' }) })
  const dialog = page.getByRole('alertdialog')
  return {
    ...portalScreen(page),
    heading: page.getByRole('heading', { level: 1, name: 'Sessions' }),
    here,
    signOutHere: here.getByRole('button', { name: 'Sign out' }),
    elsewhere,
    /** Here and elsewhere, in any language. */
    sessions: page.locator('section li.row'),
    others: elsewhere.getByRole('listitem'),
    end: elsewhere.getByRole('button', { name: /^End .*, last used/ }),
    endOthers: elsewhere.getByRole('button', { name: 'End all others' }),
    dialog,
    confirmOne: dialog.getByRole('button', { name: 'End it' }),
    confirmAll: dialog.getByRole('button', { name: 'End all' }),
    everywhere: page.getByRole('button', { name: 'Sign out everywhere' }),
    confirmEverywhere: dialog.getByRole('button', { name: 'Sign out everywhere' }),
    keep: dialog.getByRole('button', { name: /^Keep/ }),
  }
}

/** The password one signs in with, in any language. */
export const passwordRoomScreen = (page: Page) => ({
  ...portalScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Password', exact: true }),
  currentPassword: page.locator('input[name=currentPassword]'),
  newPassword: page.locator('input[name=newPassword]'),
  elsewhere: page.locator('input[name=endOtherSessions]'),
  errors: page.locator('.field .error'),
  changed: page.locator('main [role=status] .notice'),
  warning: page.locator('main .notice.warning'),
  save: page.locator('main button.primary[type=submit]'),
})
