import { expect, type Page } from '@playwright/test'
import { dataScreen } from '../screens/own-data.ts'
import type { Person } from '../support/people.ts'
import type { World } from '../support/world.ts'
import { signIn } from './sign-in.ts'

/** Signs in to the own data and wishes to delete the account, where that was not done before. */
export async function leave(page: Page, { origin }: Pick<World, 'origin'>, person: Person): Promise<void> {
  await page.goto(`${origin}/account/data`)
  await signIn(page, person)
  const screen = dataScreen(page)
  await expect(screen.keep.or(screen.delete).first()).toBeVisible()
  if (!(await screen.keep.isVisible())) await planDeletion(page, person)
  await expect(screen.keep).toBeVisible()
}

/** On the page with the own data. */
export async function planDeletion(page: Page, { email }: Person): Promise<void> {
  const screen = dataScreen(page)
  await screen.delete.click()
  await screen.loginName.fill(email)
  await screen.confirm.click()
  await expect(screen.warning).toBeVisible()
}
