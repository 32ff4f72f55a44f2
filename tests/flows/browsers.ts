import type { Browser, BrowserContext, Page } from '@playwright/test'

/** A second browser of the same world: it shares nothing with the first. Closed with the test by whoever opened it. */
export async function anotherBrowser(
  browser: Browser,
  baseURL: string | undefined,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: 'en-GB' })
  return { page: await context.newPage(), context }
}
