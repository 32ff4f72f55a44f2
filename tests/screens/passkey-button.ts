import type { Page } from '@playwright/test'

/** The way in by a passkey, on the pages that have one; in English. */
export const passkeyButton = (page: Page) => ({
  button: page.getByRole('button', { name: 'Sign in with a passkey' }),
  said: page.locator('main [role=status] .notice'),
  problem: page.locator('main [role=alert] .notice'),
})
