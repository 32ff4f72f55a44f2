import type { Page } from '@playwright/test'
import { expect } from '../support/test.ts'

/** More than any screen needs. */
const MOST = 200
/** What is used, as assistive technology calls it. */
const CONTROLS = /^(button|link|textbox|searchbox|combobox|listbox|checkbox|radio|switch|spinbutton|menuitem|tab)/i
const DIALOG = '[role=dialog], [role=alertdialog]'

/**
 * The Tab key alone comes to everything that can be used, in the order in which it is read, and goes on from there; whatever it comes to
 * has a name for who hears it, and can be seen to have the focus.
 */
export async function expectKeyboardReachesEverything(page: Page): Promise<void> {
  const wanted = await markControls(page)
  expect(wanted.length, 'there is something to use').toBeGreaterThan(0)
  expect(await namelessOf(page), 'everything has a name').toEqual([])
  const seen: string[] = []
  // a dialog keeps whoever is in it; everywhere else the way begins before the first
  if ((await page.locator(DIALOG).count()) === 0)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (let pressed = 0; pressed < MOST && seen.length < wanted.length; pressed++) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    if (at.mark === null || seen.includes(at.mark)) continue
    expect(at.isVisible, `${at.mark} is seen to have the focus`).toBe(true)
    seen.push(at.mark)
  }
  expect(seen.toSorted()).toEqual(wanted.toSorted())
}

/** What can be used here, by a mark; of radio buttons the group, of a dialog nothing behind it. A menu is gone through with the arrows. */
const markControls = (page: Page): Promise<string[]> =>
  page.evaluate((dialog) => {
    const room = document.querySelector(dialog) ?? document
    const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
    const groups = new Set<string>()
    const marks: string[] = []
    for (const element of room.querySelectorAll<HTMLElement>(kinds)) {
      const isOff = element.matches(':disabled, [hidden], input[type=hidden], [role=menu] *')
      if (
        isOff ||
        element.closest('[inert], [aria-hidden=true]') ||
        !element.checkVisibility({ visibilityProperty: true })
      )
        continue
      const { name, type } = element as HTMLInputElement
      if (type === 'radio' && groups.has(name)) continue
      if (type === 'radio') groups.add(name)
      const mark = type === 'radio' ? `radio ${name}` : `${element.tagName} ${marks.length}`
      const members = type === 'radio' ? room.querySelectorAll<HTMLElement>(`input[name="${name}"]`) : [element]
      for (const member of members) member.dataset.mark = mark
      marks.push(mark)
    }
    return marks
  }, DIALOG)

const focused = (page: Page): Promise<{ mark: string | null; isVisible: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null
    const mark = element?.dataset.mark ?? null
    if (!element || mark === null) return { mark: null, isVisible: false }
    const lines = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    }
    // a field and what is drawn around it, or beside it, are one thing
    const around = [element, element.parentElement, element.nextElementSibling].filter((one) => one !== null)
    return { mark, isVisible: element.matches(':focus-visible') && around.some(lines) }
  })

/** What can be used and says nothing to who hears it. */
async function namelessOf(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page)
  const { nodes } = await cdp.send('Accessibility.getFullAXTree')
  await cdp.detach()
  return nodes
    .filter(({ ignored, role }) => !ignored && CONTROLS.test(String(role?.value)))
    .filter(({ name }) => String(name?.value ?? '').trim() === '')
    .map(({ role }) => String(role?.value))
}
