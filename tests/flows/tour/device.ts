import { expect } from '@playwright/test'
import { deviceScreen } from '../../screens/device.ts'
import { enterUserCode, switchOn } from '../device.ts'
import { signIn } from '../sign-in.ts'
import type { Way } from './way.ts'

export const deviceWays: Record<string, Way> = {
  async device({ page, world }) {
    await page.goto(`${world.origin}/device`)
    await expect(deviceScreen(page).code).toBeFocused()
  },
  async 'device: confirm'({ page, world, people }) {
    const { user_code, verification_uri } = await switchOn(world.origin)
    await page.goto(verification_uri)
    await enterUserCode(page, user_code)
    await signIn(page, people[0])
    await expect(deviceScreen(page).shown).toHaveText(user_code)
  },
  async 'device: connected'({ page, world }) {
    await page.goto(`${world.origin}/device/approved`)
    await expect(deviceScreen(page).heading).toBeVisible()
  },
  async 'device: refused'({ page, world }) {
    await page.goto(`${world.origin}/device/refused`)
    await expect(deviceScreen(page).heading).toBeVisible()
  },
}
