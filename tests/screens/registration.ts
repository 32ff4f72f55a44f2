import type { Page } from '@playwright/test'
import { anyScreen } from './page.ts'

/** An account of one's own: the form. */
export const registerScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Create your account' }),
  field: (name: string) => page.locator(`input[name=${name}]`),
  errorOf: (name: string) => page.locator(`#field-${name}-error .error`),
  summary: page.getByRole('region', { name: 'Please check these fields' }),
  terms: page.locator('input[name=accepted]'),
  progress: page.getByRole('status').filter({ hasText: 'robot' }),
  submit: page.locator('button.primary[type=submit]'),
  byPasskey: page.locator('button[name=way][value=passkey]'),
  signIn: page.getByRole('button', { name: 'Sign in', exact: true }),
})

/** The address is proven: what opens the account comes next. In any language. */
export const finishRegistrationScreen = (page: Page) => ({
  // not the button of the step before it
  create: page.locator('main button.primary[aria-describedby=device-asks]'),
  other: page.locator('main button.quiet[type=button]').first(),
  newPassword: page.locator('input[name=newPassword]'),
  said: page.locator('main [role=status] .notice'),
})

/** The code that went to the address. */
export const emailCodeScreen = (page: Page) => ({
  ...anyScreen(page),
  heading: page.getByRole('heading', { level: 1, name: 'Check your email' }),
  code: page.locator('input[name=code]'),
  error: page.locator('.field .error'),
  filled: page.getByText('The code from your email is filled in.'),
  submit: page.locator('button.primary[type=submit]'),
  resend: page.getByRole('button', { name: 'Send a new code' }),
  resent: page.getByText('A new code is on its way.'),
  change: page.getByRole('button', { name: 'Change it' }),
})

/** Where the link of the mail leads, anywhere but where somebody waits for it. */
export const codeToTypeScreen = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1, name: 'Your code' }),
  code: page.locator('.shown-code bdi'),
})
