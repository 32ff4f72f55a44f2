import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { afterAll } from 'vitest'
import { BROWSER } from '../../support/browser.ts'

/** A real browser, until the file ends. */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch(BROWSER)
  afterAll(() => browser.close())
  return browser
}

/** A page with what happened on it that must not happen: dialogs, errors, violations of its policy, requests to elsewhere. */
export type Watched = { page: Page; context: BrowserContext; seen: string[] }

export async function openWatched(browser: Browser, origin: string): Promise<Watched> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => seen.push(`error ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) seen.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:')) seen.push(`request ${url}`)
  })
  return { page, context, seen }
}
