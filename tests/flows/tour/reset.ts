import { expect } from '@playwright/test'
import { newPasswordScreen, resetCodeScreen, resetLinkScreen } from '../../screens/reset.ts'
import { choosePassword, enterResetCode, forget } from '../reset.ts'
import type { Way } from './way.ts'

export const resetWays: Record<string, Way> = {
  async 'reset code'({ page, world, home, wishes, people: [person] }) {
    await forget(page, world, home, person, wishes)
  },
  async 'reset code: wrong'(visit) {
    await resetWays['reset code']?.(visit)
    await enterResetCode(visit.page, 'no code')
    await expect(resetCodeScreen(visit.page).error).toBeVisible()
  },
  async 'new password'({ page, world, home, wishes, people: [person] }) {
    const { message } = await forget(page, world, home, person, wishes)
    await enterResetCode(page, message.code)
    await expect(newPasswordScreen(page).newPassword).toBeFocused()
  },
  async 'new password: common'(visit) {
    await resetWays['new password']?.(visit)
    await choosePassword(visit.page, 'password1234')
    await expect(newPasswordScreen(visit.page).error).toBeVisible()
  },
  async 'reset: a link where somebody waits'({ page, world, home, wishes, people: [person] }) {
    const { message } = await forget(page, world, home, person, wishes)
    await page.goto(message.link ?? '')
    await expect(resetLinkScreen(page).goOn).toBeVisible()
  },
  async 'reset: a link without its token'({ page, world }) {
    await page.goto(`${world.origin}/reset`)
    await expect(resetLinkScreen(page).badLink).toBeVisible()
  },
}
