import { expect } from '@playwright/test'
import { dataScreen, pressScreen } from '../../screens/own-data.ts'
import { setupScreen } from '../../screens/setup.ts'
import { leaver } from '../../support/people.ts'
import { leave } from '../leave.ts'
import { setupLink } from '../setup.ts'
import { arrive, signIn } from '../sign-in.ts'
import type { Way } from './way.ts'

export const linksWays: Record<string, Way> = {
  async 'account: data'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/data`)
    await signIn(page, person)
    await expect(dataScreen(page).delete).toBeVisible()
  },
  async 'account: delete it'(visit) {
    await linksWays['account: data']?.(visit)
    const screen = dataScreen(visit.page)
    await screen.delete.click()
    await screen.loginName.fill('somebody else')
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
  },
  async 'account: about to go'({ page, world }) {
    await leave(page, world, leaver)
  },
  async 'deletion planned'({ page, world, home, wishes }) {
    await leave(page, world, leaver)
    await page.context().clearCookies()
    await arrive(page, home, { ...wishes, scope: 'openid' })
    await signIn(page, leaver)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  },
  async 'link: keep the account'({ page, world }) {
    await page.goto(`${world.origin}/undo-deletion#vl_unknown`)
    await expect(pressScreen(page).press).toBeVisible()
  },
  async 'link: keep the account, too late'(visit) {
    await linksWays['link: keep the account']?.(visit)
    await pressScreen(visit.page).press.click()
    await expect(pressScreen(visit.page).onwards).toBeVisible()
  },
  async 'link: this was not me'({ page, world }) {
    await page.goto(`${world.origin}/not-me#vl_unknown`)
    await expect(pressScreen(page).press).toBeVisible()
  },
  async 'link: this was not me, used before'(visit) {
    await linksWays['link: this was not me']?.(visit)
    await pressScreen(visit.page).press.click()
    await expect(pressScreen(visit.page).onwards).toBeVisible()
  },
  async setup({ page, world }) {
    await page.goto(setupLink(world))
    await expect(setupScreen(page).newPassword).toBeFocused()
  },
  async 'setup: rules not met'(visit) {
    await linksWays.setup?.(visit)
    await setupScreen(visit.page).save.click()
    await expect(setupScreen(visit.page).fieldError).toBeVisible()
  },
  async 'setup: a link without its token'({ page, world }) {
    await page.goto(`${world.origin}/setup`)
    await expect(setupScreen(page).badLink).toBeVisible()
  },
}
