import { TOUR } from '../flows/tour/tour.ts'
import { visit } from '../flows/visit.ts'
import { test } from '../support/test.ts'
import { expectKeyboardReachesEverything } from './keyboard.ts'
import { expectSwitchKeepsEverything } from './language-switch.ts'
import { expectAccessible } from './looks.ts'

for (const [name, way] of Object.entries(TOUR)) {
  test(`${name}: the keyboard alone comes to everything and everything has a name, WCAG 2.2 AA in every look and size, and L2 the language switch keeps the step and what was typed`, async ({
    page,
    world,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await way(visit(page, world))
    // what is loaded late, as the button for passkeys is, is there before anything is compared
    await page.waitForLoadState('networkidle')
    await expectKeyboardReachesEverything(page)
    await expectAccessible(page)
    await expectSwitchKeepsEverything(page)
  })
}
