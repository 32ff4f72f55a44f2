import type { Page, Response } from '@playwright/test'

/** The value of a token that the page wears now. */
export const token = (page: Page, name: string): Promise<string> =>
  page.evaluate((token) => getComputedStyle(document.documentElement).getPropertyValue(token), `--${name}`)

/** The brand colour in the style sheet of the first HTML, before any script ran. */
export async function firstBrand(response: Response | null): Promise<string | undefined> {
  const style = /<style nonce="[^"]+" id="branding">(.*?)<\/style>/s.exec((await response?.text()) ?? '')?.[1]
  return /--brand:(#[0-9a-f]{6})/.exec(style ?? '')?.[1]
}

/**
 * Watches which brand colour each heading was painted under. The watch begins before the page does, and looks at every frame, so that
 * a flash of another look is seen.
 */
export async function watchFrames(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const frames: string[] = []
    Object.assign(globalThis, { frames })
    const look = () => {
      const brand = getComputedStyle(document.documentElement).getPropertyValue('--brand')
      const heading = document.querySelector('h1')?.textContent
      const frame = `${heading}: ${brand}`
      if (heading && frames.at(-1) !== frame) frames.push(frame)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  return () => page.evaluate(() => (globalThis as unknown as { frames: string[] }).frames)
}
