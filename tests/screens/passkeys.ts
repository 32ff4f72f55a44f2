import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** A passkey for another device: the link, where it is made. In any language. */
export const passkeyLinkSection = (page: Page) => {
  const section = page.locator('section[aria-labelledby=other-device]')
  return {
    make: section.locator('header button'),
    link: section.locator('code'),
    qr: section.locator('.qr svg'),
    cancel: section.locator('button.secondary[type=submit]').last(),
    said: section.locator('[role=status] .notice'),
  }
}

/** Where it leads. In any language. */
export const enrollScreen = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1 }),
  create: page.locator('form button.primary'),
  done: page.locator('a.button.primary'),
  badLink: page.locator('a.button.secondary'),
})

/** The passkeys one has. */
export const passkeysScreen = (page: Page) => {
  const dialog = page.getByRole('alertdialog')
  return {
    ...portalScreen(page),
    heading: page.getByRole('heading', { level: 1, name: 'Passkeys' }),
    /** In any language. */
    section: page.locator('main section.section').first(),
    cards: page.locator('.key'),
    names: page.locator('.key h2'),
    // not the button of the login that was before it
    add: page.locator('#page-content button.primary'),
    said: page.locator('main [role=status] .notice'),
    problem: page.locator('main [role=alert] .notice'),
    rename: page.getByRole('button', { name: /^Rename / }),
    name: page.locator('input[name=label]'),
    save: page.getByRole('button', { name: 'Save' }),
    remove: page.getByRole('button', { name: /^Remove / }),
    dialog,
    confirm: dialog.getByRole('button', { name: 'Remove' }),
    keep: dialog.getByRole('button', { name: 'Keep it' }),
  }
}
