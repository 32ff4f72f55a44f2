import { defineConfig } from '@playwright/test'
import { BROWSER } from './support/browser.ts'

/** The built product in Chromium. `CHROMIUM` names the browser; a test that fails once has failed. */
export default defineConfig({
  testDir: '.',
  testMatch: ['specs/**/*.spec.ts', 'a11y/**/*.spec.ts', 'clients/**/*.spec.ts'],
  // the outbox of development shows what one process sent
  testIgnore: process.env.E2E_PROCESSES === '2' ? ['specs/outbox.spec.ts'] : [],
  outputDir: 'test-results',
  // one more than two cores: a story waits for its page, its server and its mail more than it computes
  workers: 3,
  fullyParallel: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: BROWSER,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
  },
})
