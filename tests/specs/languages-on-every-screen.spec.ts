import type { Page } from '@playwright/test'
import { TOUR } from '../flows/tour.ts'
import { visit } from '../flows/visit.ts'
import { anyScreen } from '../screens/page.ts'
import { expect, test } from '../support/test.ts'

for (const [name, way] of Object.entries(TOUR)) {
  test(`L2 ${name}: the switch is in its place, and keeps the step and what was typed`, async ({ page, world }) => {
    await way(visit(page, world))
    // what is loaded late, as the button for passkeys is, is there before anything is compared
    await page.waitForLoadState('networkidle')
    const { language } = anyScreen(page)
    // where a dialog is open the heading is not for assistive technology
    const heading = page.locator('h1').first()
    await expect(page.locator('footer.foot').locator(language)).toHaveCount(1)
    await typeEverywhere(page)
    const before = await stateOf(page)
    const headings = [await heading.textContent()]
    for (const [code, direction] of [
      ['ja', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      await speak(page, code)
      await expect(page.locator('html')).toHaveAttribute('dir', direction)
      expect(await stateOf(page)).toEqual(before)
      headings.push(await heading.textContent())
    }
    expect(new Set(headings).size, `three headings: ${headings.join(', ')}`).toBe(3)
    // the choice is the person's own, and the next test meets the same people
    await speak(page, 'en')
    expect(await heading.textContent()).toBe(headings[0])
  })
}

/** A dialog covers the switch, which is reached by its own event there. */
async function speak(page: Page, language: string): Promise<void> {
  await anyScreen(page).language.selectOption(language, { force: true })
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

async function typeEverywhere(page: Page): Promise<void> {
  for (const field of await page
    .locator('main input:is([type=text], [type=email], [type=password], :not([type])):visible')
    .all())
    await field.fill('typed by hand')
  for (const box of await page.locator('main input[type=checkbox]:visible').all()) await box.check()
}

/** What the page asks for and what was answered, without a word of it. Which of two names comes first is the language's affair. */
const stateOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main :is(input, button, a), dialog :is(input, button)')]
      .map((element) => {
        if (!(element instanceof HTMLInputElement)) return element.tagName
        return `${element.name} ${element.type} ${element.value} ${element.checked}`
      })
      .toSorted(),
  )
