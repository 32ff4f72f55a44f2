import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '../support/test.ts'
import { speak } from './language-switch.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** A script that does nothing, for a page that has axe. */
const NOTHING = '0'
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }
/** A page of 1280 px at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 640 }
/** Colours do not depend on the size, and nothing else depends on them. */
const LOOKS = [
  { look: 'light', sizes: [DESK, PHONE] },
  { look: 'dark', sizes: [DESK], onlyColours: true },
  { look: 'right to left', sizes: [PHONE] },
]

/** WCAG 2.2 AA in light, dark and right to left, on a desk and on a phone, and nothing to scroll sideways at 320 px. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { look, sizes, onlyColours } of LOOKS) {
    await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' })
    if (look === 'right to left') await speak(page, 'ar', 'rtl')
    for (const size of sizes) {
      await page.setViewportSize(size)
      expect(await violations(page, onlyColours), `${look}, ${size.width} px`).toEqual([])
    }
    await page.setViewportSize(NARROWEST)
    // an open menu finds its new place a moment after the window has its new size
    await expect.poll(() => overflowing(page), { message: `${look}: nothing to scroll sideways` }).toEqual([])
  }
  await page.setViewportSize(DESK)
  await speak(page, 'en', 'ltr')
}

/** What axe finds, one line for each element. */
async function violations(page: Page, onlyColours = false): Promise<string[]> {
  const axe = (await axeOn(page)).options({ resultTypes: ['violations'] })
  const { violations } = await (onlyColours ? axe.withRules(['color-contrast']) : axe.withTags(WCAG)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
}

/**
 * What it finds in frames, axe puts together in a window of its own, and for each look it is loaded anew: that takes longer than to look.
 * A page without frames keeps what was loaded, and needs no other.
 */
async function axeOn(page: Page): Promise<AxeBuilder> {
  if (page.frames().length > 1) return new AxeBuilder({ page })
  const isThere = await page.evaluate(() => 'axe' in window)
  return new AxeBuilder(isThere ? { page, axeSource: NOTHING } : { page }).setLegacyMode()
}

/** Elements that reach over an edge of the page, whether it scrolls or cuts them off. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 0 && (left < -1 || right > clientWidth + 1)
    })
    const names = wide.map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`)
    return scrollWidth > clientWidth ? [`${scrollWidth} px`, ...names] : names
  })
