import { expect } from '@playwright/test'
import { secondFactorScreen, securityScreen } from '../../screens/second-factor.ts'
import { mona } from '../../support/people.ts'
import {
  closePrompts,
  comeAgain,
  holdKey,
  keepCodes,
  registerForTwo,
  registerWithApp,
  returnWithApp,
  trustHere,
} from '../second-factor.ts'
import { arrive, signIn } from '../sign-in.ts'
import type { Way } from './way.ts'

export const secondFactorsWays: Record<string, Way> = {
  async 'second factor: to set up'({ page, home, wishes, people: [person] }) {
    await arrive(page, home, { ...wishes, acr_values: 'aal2' })
    await signIn(page, person)
    await expect(secondFactorScreen(page).methods.first()).toBeVisible()
  },
  async 'second factor: offered'({ page, home }) {
    await arrive(page, home, { scope: 'openid urn:vestibule:org:domain:primary:meadow.test' })
    await signIn(page, mona)
    await expect(secondFactorScreen(page).methods.first()).toBeVisible()
  },
  async 'second factor: an app to set up'(visit) {
    await secondFactorsWays['second factor: to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.methods.first().click()
    await expect(screen.qr).toBeVisible()
  },
  async 'second factor: a security key to set up'(visit) {
    await secondFactorsWays['second factor: to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.methods.nth(1).click()
    await expect(screen.submit).toBeVisible()
  },
  async 'second factor: no security key'(visit) {
    await secondFactorsWays['second factor: a security key to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await closePrompts(visit.page)
    await screen.submit.click()
    await expect(screen.said).toBeVisible()
  },
  async 'second factor: a code by mail'(visit) {
    await secondFactorsWays['second factor: to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.methods.nth(2).click()
    await screen.submit.click()
    await screen.code.fill('1')
    await visit.page.keyboard.press('Enter')
    await expect(screen.error).toBeVisible()
  },
  async 'second factor: to check'(visit) {
    await returnWithApp(visit)
  },
  async 'second factor: other ways'(visit) {
    await secondFactorsWays['second factor: to check']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.otherWay.click()
    await expect(screen.methods).toHaveCount(2)
  },
  async 'second factor: a security key to touch'(visit) {
    const { page, home } = visit
    await holdKey(page)
    const person = await registerForTwo(visit)
    const screen = secondFactorScreen(page)
    await screen.methods.nth(1).click()
    await screen.submit.click()
    await keepCodes(page)
    await expect(page).toHaveURL((url) => url.href.startsWith(home.redirectUri))
    await comeAgain(visit, person)
    await expect(screen.submit).toBeVisible()
  },
  async 'recovery codes'(visit) {
    await registerWithApp(visit)
  },
  async 'account: security with factors and trusted devices'(visit) {
    const { secret } = await returnWithApp(visit)
    const { page, home, world } = visit
    await trustHere(page, secret)
    await expect(page).toHaveURL((url) => url.href.startsWith(home.redirectUri))
    await page.goto(`${world.origin}/account/security`)
    await expect(securityScreen(page).sections.first()).toBeVisible()
  },
  async 'account: security'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/security`)
    await signIn(page, person)
    await expect(securityScreen(page).sections.first()).toBeVisible()
  },
  async 'account: a security key to set up'(visit) {
    await secondFactorsWays['account: security']?.(visit)
    const screen = securityScreen(visit.page)
    await screen.ways.nth(1).click()
    await expect(screen.submit).toBeVisible()
  },
}
