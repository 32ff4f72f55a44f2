import type { Page } from '@playwright/test'
import { portalScreen } from './account.ts'

/** The picture of the account, in any language. */
const pictureOf = (page: Page) => {
  const section = page.locator('section:has(input[type=file])')
  return {
    file: section.locator('input[type=file]'),
    shown: section.locator('.avatar img'),
    /** Where there is none. */
    initials: section.locator('.avatar:not(:has(img))'),
    inTheMenu: page.locator('.me .avatar img'),
    take: section.locator('button.primary'),
    /** Leaves, removes or undoes: the one there is. */
    other: section.locator('button.quiet'),
    notice: section.locator('.notice'),
    error: section.locator('.error'),
  }
}

/** What somebody says of themselves. Fields are found by their names, which are the same in every language. */
export const profileScreen = (page: Page) => ({
  ...portalScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Profile' }),
  field: (name: string) => page.locator(`main form [name=${name}]`),
  error: (name: string) => page.locator(`.field:has([name=${name}]) .error`),
  save: page.locator('main form').getByRole('button').last(),
  notice: page.locator('main form .notice'),
  summary: page.locator('.summary'),
  picture: pictureOf(page),
  appearance: (name: string) => page.getByRole('radio', { name }),
})
