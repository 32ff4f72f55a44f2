import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** The passkeys one has. */
export const passkeysScreen = (page: Page) => {
  const dialog = page.getByRole('alertdialog')
  return {
    ...portalScreen(page),
    heading: page.getByRole('heading', { level: 1, name: 'Passkeys' }),
    /** In any language. */
    section: page.locator('main section.section'),
    cards: page.locator('.key'),
    names: page.locator('.key h2'),
    add: page.locator('main button.primary'),
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
