import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** What happened to the account, in any language. */
export const activityScreen = (page: Page) => {
  const [list, notMe] = [page.locator('main section').first(), page.locator('main section').last()]
  return {
    ...portalScreen(page),
    heading: page.getByRole('heading', { level: 1 }),
    rows: list.getByRole('listitem'),
    more: list.getByRole('button'),
    notMe: notMe.getByRole('button'),
    dialog: page.getByRole('alertdialog'),
    secure: page.getByRole('alertdialog').locator('.destroy'),
    notice: notMe.locator('.notice'),
    newPassword: notMe.getByRole('link'),
  }
}

/** What the account holds, to take along or to delete, in any language. */
export const dataScreen = (page: Page) => {
  const dialog = page.getByRole('alertdialog')
  return {
    ...portalScreen(page),
    heading: page.getByRole('heading', { level: 1 }),
    download: page.locator('main section').first().getByRole('button'),
    downloaded: page.locator('main section').first().locator('.notice'),
    delete: page.locator('main section').last().getByRole('button'),
    dialog,
    loginName: dialog.locator('[name=loginName]'),
    error: dialog.locator('.error'),
    confirm: dialog.locator('[type=submit]'),
    /** The one room of an account that is about to go. */
    keep: page.locator('.rooms-of button.primary'),
    warning: page.locator('main .notice.warning'),
    kept: page.locator('main .kept'),
  }
}

/** What the link of a message opens: a page with one button. */
export const pressScreen = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1 }),
  press: page.locator('main [type=submit]'),
  onwards: page.locator('main a.button:not(.quiet)'),
})
