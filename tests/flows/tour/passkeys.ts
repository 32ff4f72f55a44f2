import { expect } from '@playwright/test'
import { enrollScreen, passkeyLinkSection, passkeysScreen } from '../../screens/passkeys.ts'
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts'
import { signIn } from '../sign-in.ts'
import type { Way } from './way.ts'

export const passkeysWays: Record<string, Way> = {
  async 'account: passkeys'({ page, world, people }) {
    // who has a passkey meets no set-up of a second factor, so it is not the first of them
    const person = people.at(-1) ?? people[0]
    await addVirtualAuthenticator(page)
    await page.goto(`${world.origin}/account/passkeys`)
    await signIn(page, person)
    const screen = passkeysScreen(page)
    await expect(screen.section).toBeVisible()
    // one is enough for all who come by
    if ((await screen.cards.count()) === 0) await screen.add.click()
    await expect(screen.cards.first()).toBeVisible()
  },
  async 'account: a passkey for another device'(visit) {
    await passkeysWays['account: passkeys']?.(visit)
    await passkeyLinkSection(visit.page).make.click()
    await expect(passkeyLinkSection(visit.page).qr).toBeVisible()
  },
  async 'passkey link'(visit) {
    await passkeysWays['account: a passkey for another device']?.(visit)
    const link = (await passkeyLinkSection(visit.page).link.textContent()) ?? ''
    await visit.page.goto('about:blank')
    await visit.page.goto(link)
    await expect(enrollScreen(visit.page).create).toBeVisible()
  },
  async 'passkey link: one that is over'({ page, world }) {
    await page.goto(`${world.origin}/passkey-link`)
    await expect(enrollScreen(page).badLink).toBeVisible()
  },
  async 'account: name a passkey'(visit) {
    await passkeysWays['account: passkeys']?.(visit)
    await passkeysScreen(visit.page).cards.first().getByRole('button').first().click()
    await expect(passkeysScreen(visit.page).name).toBeFocused()
  },
  async 'account: remove a passkey'(visit) {
    await passkeysWays['account: passkeys']?.(visit)
    await passkeysScreen(visit.page).cards.first().getByRole('button').last().click()
    await expect(passkeysScreen(visit.page).dialog).toBeVisible()
  },
}
