import { expect } from '@playwright/test'
import { consentScreen } from '../../screens/consent.ts'
import { deniedScreen, errorScreen, signedInScreen } from '../../screens/endings.ts'
import { identifyScreen } from '../../screens/identify.ts'
import { passwordScreen } from '../../screens/password.ts'
import { pickerScreen } from '../../screens/picker.ts'
import { newPasswordScreen } from '../../screens/reset.ts'
import { signedOutScreen, signOutScreen } from '../../screens/sign-out.ts'
import { olga } from '../../support/people.ts'
import { arrive, enterPassword, failUntilLocked, identify, signIn, signInAll, signInTo } from '../sign-in.ts'
import type { Way } from './way.ts'

export const signInWays: Record<string, Way> = {
  async identify({ page, home, wishes }) {
    await arrive(page, home, wishes)
    await expect(identifyScreen(page).identifier).toBeFocused()
  },
  async 'identify: nothing typed'({ page, home, wishes }) {
    await arrive(page, home, wishes)
    await identifyScreen(page).next.click()
    await expect(identifyScreen(page).fieldError).toBeVisible()
  },
  async password({ page, home, wishes, people: [person] }) {
    await arrive(page, home, wishes)
    await identify(page, person.email)
  },
  async 'password: wrong'({ page, home, wishes, people: [person] }) {
    await arrive(page, home, wishes)
    await identify(page, person.email)
    await enterPassword(page, 'not the password')
    await expect(passwordScreen(page).fieldError).toBeVisible()
  },
  async 'password: locked'({ page, home, wishes }) {
    await arrive(page, home, wishes)
    await identify(page, `somebody${Date.now()}@acme.test`)
    await failUntilLocked(page)
  },
  async 'password: asked again'({ page, home, wishes, people: [person] }) {
    await signInTo(page, home, person, wishes)
    await arrive(page, home, { ...wishes, prompt: 'login' })
    await expect(passwordScreen(page).reasons).toBeVisible()
  },
  async 'change password'({ page, home, wishes, newHire }) {
    await arrive(page, home, wishes)
    await signIn(page, newHire)
    await expect(newPasswordScreen(page).newPassword).toBeFocused()
  },
  async 'change password: too old'({ page, home }) {
    await arrive(page, home, { scope: 'openid urn:vestibule:org:domain:primary:meadow.test' })
    await signIn(page, olga)
    await expect(newPasswordScreen(page).reasons).toBeVisible()
  },
  async picker({ page, home, wishes, people }) {
    await signInAll(page, home, people, wishes)
    await arrive(page, home, { ...wishes, prompt: 'select_account' })
    await expect(pickerScreen(page).accounts).toHaveCount(people.length)
  },
  async 'picker: manage'(visit) {
    await signInWays.picker?.(visit)
    await pickerScreen(visit.page).manage.click()
    await expect(pickerScreen(visit.page).manageHeading).toBeFocused()
  },
  async consent({ page, notary, wishes, people: [person] }) {
    await arrive(page, notary, { ...wishes, scope: `${wishes.scope} phone address offline_access` })
    await signIn(page, person)
    await expect(consentScreen(page).heading).toBeFocused()
  },
  // opened again: while it hands an address over, the browser asks in a window of its own, which keeps the keyboard
  async 'signed in for a program'({ page, world }) {
    await page.goto(`${world.origin}/signed-in`)
    await expect(signedInScreen(page).heading).toBeVisible()
  },
  async denied({ page, home, wishes, locked }) {
    await arrive(page, home, wishes)
    await signIn(page, locked)
    await expect(deniedScreen(page).heading).toBeFocused()
  },
  async 'sign-out: whom'({ page, home, wishes, people }) {
    await signInAll(page, home, people, wishes)
    await page.goto(home.signOut({ client_id: home.clientId, post_logout_redirect_uri: 'https://evil.test/' }))
    await expect(signOutScreen(page).heading).toBeVisible()
  },
  async 'signed out'({ page, home, wishes, people }) {
    const [first] = await signInAll(page, home, people, wishes)
    await page.goto(home.signOut({ id_token_hint: first?.id_token ?? '' }))
    await expect(signedOutScreen(page).remaining).toHaveCount(people.length - 1)
  },
  async error({ page, home, wishes }) {
    await page.goto(home.begin({ ...wishes, redirect_uri: 'https://evil.test/' }).url)
    await expect(errorScreen(page).trace).toBeVisible()
  },
}
