import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** One more proof, and what is set up on the way in. */
export const secondFactorScreen = (page: Page) => ({
  ...anyScreen(page),
  code: page.locator('input[name=code]'),
  error: page.locator('.field .error'),
  /** What came of a prompt. */
  said: page.locator('main [role=status] .notice'),
  /** Ways to choose from, in any language. */
  methods: page.locator('button.row'),
  method: (name: string) => page.locator('button.row', { hasText: name }),
  trust: page.locator('input[name=trustDevice]'),
  other: page.getByRole('button', { name: 'Try another way' }),
  /** The same in any language. */
  otherWay: page.locator('.stack > button.quiet').first(),
  notNow: page.getByRole('button', { name: 'Not now' }),
  /** The one primary button, in any language. */
  submit: page.locator('button.primary[type=submit]'),
  send: page.getByRole('button', { name: 'Send a code' }),
  resend: page.getByRole('button', { name: 'Send a new code' }),
  resent: page.getByText('A new code is on its way.'),
  qr: page.locator('.qr svg'),
  secret: page.locator('.secret code'),
})

export const recoveryCodesScreen = (page: Page) => ({
  ...anyScreen(page),
  codes: page.locator('.codes li'),
  saved: page.locator('input[name=saved]'),
  goOn: page.locator('button.primary[type=submit]'),
})

/** The room of the second factors. */
export const securityScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Security' }),
  sections: page.locator('main section'),
  add: (name: string) => page.getByRole('button', { name: `Add ${name}` }),
  /** What could be set up, in any language, of somebody who has nothing yet. */
  ways: page.locator('.rows .row button'),
  /** The one primary button, in any language. */
  submit: page.locator('button.primary[type=submit]'),
  rename: (name: string) => page.getByRole('button', { name: `Rename ${name}` }),
  name: page.locator('input[name=label]'),
  save: page.getByRole('button', { name: 'Save' }),
  names: page.locator('.rows .row strong'),
  remove: (name: string) => page.getByRole('button', { name: `Remove ${name}` }),
  confirm: page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }),
  said: page.locator('main [role=status] .notice').first(),
  codes: page.locator('.codes li'),
  /** Why nothing came of a prompt. */
  nothing: page.locator('.section [role=status] .notice'),
  kept: page.getByRole('button', { name: 'I have saved them' }),
  tryCode: page.getByRole('button', { name: 'Try a code' }),
  tryIt: page.getByRole('button', { name: 'Try it' }),
  code: page.locator('input[name=code]'),
  /** The browsers that are trusted. */
  trusted: page.locator('section', { has: page.getByRole('heading', { name: 'Trusted devices' }) }),
  whatIf: (name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) }),
})
