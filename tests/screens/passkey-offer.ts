import type { Page } from '@playwright/test'

/** A passkey is offered, in any language. */
export const passkeyOfferScreen = (page: Page) => ({
  create: page.locator('main button[name=decision][value=create]'),
  notNow: page.locator('main button[name=decision][value=not_now]'),
  said: page.locator('main [role=status] .notice'),
})
