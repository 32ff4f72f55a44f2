import { expect } from '@playwright/test'
import { identifyScreen } from '../../screens/identify.ts'
import { passkeyOfferScreen } from '../../screens/passkey-offer.ts'
import {
  codeToTypeScreen,
  emailCodeScreen,
  finishRegistrationScreen,
  registerScreen,
} from '../../screens/registration.ts'
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts'
import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from '../registration.ts'
import type { Way } from './way.ts'

export const registrationWays: Record<string, Way> = {
  async register({ page, home, wishes }) {
    await arriveToRegister(page, home, wishes)
    await expect(registerScreen(page).field('givenName')).toBeFocused()
  },
  async 'register: not filled in'({ page, home, wishes }) {
    await arriveToRegister(page, home, wishes)
    await registerScreen(page).submit.click()
    await expect(page.locator('.summary')).toBeFocused()
  },
  async 'register: every field'({ page, home }) {
    await arriveToRegister(page, home, { scope: 'openid urn:vestibule:org:domain:primary:guild.test' })
    await expect(page.locator('[role=status].hint')).toContainText(/\S/, { timeout: 20_000 })
  },
  async 'register: closed'({ page, home }) {
    await arriveToRegister(page, home, { scope: 'openid urn:vestibule:org:domain:primary:meadow.test' })
    await expect(identifyScreen(page).reasons.first()).toBeVisible()
  },
  async 'email code'({ page, home, wishes, world }) {
    const person = newcomer()
    await arriveToRegister(page, home, wishes)
    await fillIn(page, person)
    await sentTo(page, world, person.email)
  },
  async 'email code: wrong'(visit) {
    await registrationWays['email code']?.(visit)
    await enterCode(visit.page, 'no code')
    await expect(emailCodeScreen(visit.page).error).toBeVisible()
  },
  async 'register: a passkey to make'({ page, world, home, wishes }) {
    const { newPassword: _, ...person } = newcomer()
    await arriveToRegister(page, home, wishes)
    await fillIn(page, person, registerScreen(page).byPasskey)
    await enterCode(page, (await sentTo(page, world, person.email)).code)
    await expect(finishRegistrationScreen(page).create).toBeVisible()
  },
  async 'register: a password after all'(visit) {
    await registrationWays['register: a passkey to make']?.(visit)
    await finishRegistrationScreen(visit.page).other.click()
    await expect(finishRegistrationScreen(visit.page).newPassword).toBeVisible()
  },
  async 'passkey offer'(visit) {
    const { page, world, home, wishes } = visit
    await addVirtualAuthenticator(page)
    const person = newcomer()
    await arriveToRegister(page, home, wishes)
    await fillIn(page, person)
    await enterCode(page, (await sentTo(page, world, person.email)).code)
    await expect(passkeyOfferScreen(page).create).toBeVisible()
  },
  async 'verify: a code to type'({ page, world }) {
    await page.goto(`${world.origin}/verify#req_${'0'.repeat(32)}.123456`)
    await expect(codeToTypeScreen(page).code).toHaveText('123456')
  },
  async 'verify: a link without its code'({ page, world }) {
    await page.goto(`${world.origin}/verify`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is incomplete')
  },
}
