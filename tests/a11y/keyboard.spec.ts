import { TOUR } from '../flows/tour/tour.ts'
import { visit } from '../flows/visit.ts'
import { test } from '../support/test.ts'
import { expectKeyboardReachesEverything } from './keyboard.ts'

for (const [name, way] of Object.entries(TOUR)) {
  test(`${name}: the keyboard alone comes to everything, and everything has a name`, async ({ page, world }) => {
    await way(visit(page, world))
    await page.waitForLoadState('networkidle')
    await expectKeyboardReachesEverything(page)
  })
}
