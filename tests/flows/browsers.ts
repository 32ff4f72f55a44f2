import type { Browser, BrowserContext, Page } from '@playwright/test'

/** A second browser of the same world: it shares nothing with the first. Closed with the test by whoever opened it. */
export async function anotherBrowser(
  browser: Browser,
  baseURL: string | undefined,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: 'en-GB' })
  return { page: await context.newPage(), context }
}

/** The browser is closed and opened again: what lives as long as its session is gone, and the rest is there. */
export async function closeBrowser(page: Page): Promise<void> {
  const context = page.context()
  const kept = (await context.cookies()).filter(({ expires }) => expires !== -1)
  await context.clearCookies()
  await context.addCookies(kept)
}
