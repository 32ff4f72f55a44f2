import type { Page } from '@playwright/test'
import { anyScreen } from '../screens/page.ts'
import { expect } from '../support/test.ts'

/** The switch is on every page. A dialog covers it, so it is reached by the keyboard's way: its own event. */
export async function speak(page: Page, language: string, direction: 'ltr' | 'rtl'): Promise<void> {
  await anyScreen(page).language.selectOption(language, { force: true })
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await expect(page.locator('html')).toHaveAttribute('dir', direction)
}

/** The switch is in the foot, and keeps the step and what was typed. */
export async function expectSwitchKeepsEverything(page: Page): Promise<void> {
  // where a dialog is open the heading is not for assistive technology
  const heading = page.locator('h1').first()
  await expect(page.locator('footer.foot').locator(anyScreen(page).language)).toHaveCount(1)
  await typeEverywhere(page)
  const before = await stateOf(page)
  const headings = [await heading.textContent()]
  for (const [language, direction] of [
    ['ja', 'ltr'],
    ['ar', 'rtl'],
  ] as const) {
    await speak(page, language, direction)
    expect(await stateOf(page)).toEqual(before)
    headings.push(await heading.textContent())
  }
  expect(new Set(headings).size, `three headings: ${headings.join(', ')}`).toBe(3)
  // the choice is the person's own, and the next test meets the same people
  await speak(page, 'en', 'ltr')
  expect(await heading.textContent()).toBe(headings[0])
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
