import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { TOUR } from '../flows/tour.ts'
import { visit } from '../flows/visit.ts'
import { expect, test } from '../support/test.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }
/** Colours do not depend on the size, so each of the others is looked at in one. */
const LOOKS = [
  ['light', [DESK, PHONE]],
  ['dark', [DESK]],
  ['right to left', [PHONE]],
] as const
/** A page of 1280 px at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 640 }

for (const [name, way] of Object.entries(TOUR)) {
  test(`${name}: WCAG 2.2 AA in light, dark and right to left, on a desk, on a phone and 320 px wide`, async ({
    page,
    world,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await way(visit(page, world))
    for (const [look, sizes] of LOOKS) {
      await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' })
      if (look === 'right to left') await speak(page, 'ar', 'rtl')
      for (const size of sizes) {
        await page.setViewportSize(size)
        expect(await violations(page), `${look}, ${size.width} px`).toEqual([])
      }
      await page.setViewportSize(NARROWEST)
      expect(await overflowing(page), `${look}: nothing to scroll sideways`).toEqual([])
    }
    // a choice is the person's own, and the next test meets the same people
    await speak(page, 'en', 'ltr')
  })
}

/** The language switch is on every page. A dialog covers it, so it is reached by the keyboard's way: its own event. */
async function speak(page: Page, language: string, direction: 'ltr' | 'rtl'): Promise<void> {
  await page.locator('select[name=language]').selectOption(language, { force: true })
  await expect(page.locator('html')).toHaveAttribute('dir', direction)
}

/** What axe finds, one line for each element. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
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
