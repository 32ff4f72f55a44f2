import { expect } from '@playwright/test'
import { accountScreen, passwordRoomScreen, sessionsScreen } from '../../screens/account.ts'
import { applicationsScreen } from '../../screens/applications.ts'
import { consentScreen } from '../../screens/consent.ts'
import { activityScreen } from '../../screens/own-data.ts'
import { pickerScreen } from '../../screens/picker.ts'
import { arrive, signIn, signInAll } from '../sign-in.ts'
import type { Way } from './way.ts'

export const accountWays: Record<string, Way> = {
  async account({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account`)
    await signIn(page, person)
    await expect(accountScreen(page).heading).toBeVisible()
  },
  async 'account: the menu'({ page, world, home, people, wishes }) {
    await signInAll(page, home, people, wishes)
    await page.goto(`${world.origin}/account`)
    await pickerScreen(page).accounts.first().click()
    await accountScreen(page).menu.click()
    await expect(accountScreen(page).useAnother).toBeVisible()
  },
  async 'account: a room that is not there'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account`)
    await signIn(page, person)
    await expect(accountScreen(page).heading).toBeVisible()
    await page.goto(`${world.origin}/account/nothing`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  },
  async 'account: password'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/password`)
    await signIn(page, person)
    await expect(passwordRoomScreen(page).newPassword).toBeVisible()
  },
  async 'account: password, a wrong one'(visit) {
    await accountWays['account: password']?.(visit)
    const screen = passwordRoomScreen(visit.page)
    await screen.currentPassword.fill('not the password')
    await screen.newPassword.fill('seven quiet lanterns')
    await screen.save.click()
    await expect(screen.errors).toBeVisible()
  },
  async 'account: applications'({ page, world, notary, wishes, people: [, person] }) {
    const request = await arrive(page, notary, {
      ...wishes,
      scope: `${wishes.scope} offline_access`,
      prompt: 'consent',
    })
    await signIn(page, person!)
    await consentScreen(page).allow.click()
    await notary.answer(page, request)
    await page.goto(`${world.origin}/account/applications`)
    await expect(applicationsScreen(page).row('Notary')).toBeVisible()
  },
  async 'account: stop an application'(visit) {
    await accountWays['account: applications']?.(visit)
    await applicationsScreen(visit.page).stop('Notary').click()
    await expect(applicationsScreen(visit.page).confirm).toBeVisible()
  },
  async 'account: rooms'({ page, world, people }) {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${world.origin}/account`)
    await signIn(page, people[0])
    await accountScreen(page).rooms.getByRole('button').click()
    await expect(accountScreen(page).room('Sessions')).toBeVisible()
  },
  async 'account: sessions'({ page, world, people: [person] }) {
    const elsewhere = await page.context().browser()?.newContext()
    for (const tab of [await elsewhere?.newPage(), page]) {
      if (!tab) throw new Error('no browser')
      await tab.goto(`${world.origin}/account/sessions`)
      await signIn(tab, person)
      await expect(sessionsScreen(tab).elsewhere).toBeVisible()
    }
    await elsewhere?.close()
  },
  async 'account: end a session'(visit) {
    await accountWays['account: sessions']?.(visit)
    const { end, dialog } = sessionsScreen(visit.page)
    await end.first().click()
    await expect(dialog).toBeVisible()
  },
  async 'account: activity'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/activity`)
    await signIn(page, person)
    await expect(activityScreen(page).rows.first()).toBeVisible()
  },
  async 'account: this was not me'(visit) {
    await accountWays['account: activity']?.(visit)
    await activityScreen(visit.page).notMe.click()
    await expect(activityScreen(visit.page).secure).toBeVisible()
  },
}
