import { expect } from '@playwright/test'
import { contactScreen } from '../../screens/contacts.ts'
import { profileScreen } from '../../screens/profile.ts'
import { largeBitmap } from '../../support/pictures.ts'
import { signIn } from '../sign-in.ts'
import type { Way } from './way.ts'

export const profileWays: Record<string, Way> = {
  async 'account: profile'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/profile`)
    await signIn(page, person)
    await expect(profileScreen(page).field('displayName')).toBeVisible()
  },
  async 'account: profile with mistakes'(visit) {
    await profileWays['account: profile']?.(visit)
    const screen = profileScreen(visit.page)
    await screen.field('displayName').fill('')
    await screen.field('website').fill('x')
    await screen.field('birthDay').fill('31')
    await screen.save.click()
    await expect(screen.summary).toBeFocused()
  },
  async 'account: a picture that is chosen'(visit) {
    await profileWays['account: profile']?.(visit)
    const { picture } = profileScreen(visit.page)
    await picture.file.setInputFiles({ name: 'me.bmp', mimeType: 'image/bmp', buffer: largeBitmap() })
    await expect(picture.take).toBeVisible()
  },
  async 'account: no picture'(visit) {
    await profileWays['account: profile']?.(visit)
    const { picture } = profileScreen(visit.page)
    await picture.file.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('none') })
    await expect(picture.error).toBeVisible()
  },
  async 'account: email'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/email`)
    await signIn(page, person)
    await expect(contactScreen(page).value).toBeVisible()
  },
  async 'account: email, the code'(visit) {
    await profileWays['account: email']?.(visit)
    const screen = contactScreen(visit.page)
    await screen.value.fill('somebody@elsewhere.test')
    await screen.send.click()
    await screen.code.fill('1')
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
  },
  async 'account: phone'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/phone`)
    await signIn(page, person)
    await expect(contactScreen(page).value).toBeVisible()
  },
  async 'account: username'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/username`)
    await signIn(page, person)
    await expect(contactScreen(page).username).toBeVisible()
  },
}
