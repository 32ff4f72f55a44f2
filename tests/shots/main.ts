/**
 * A tour by screenshots: every screen, in two organizations, light, dark and in Arabic, on a desk and on a phone. They go to `shots/out`,
 * with an `index.html` that shows them side by side. `npm run shots -- picker` draws only the screens with that word in their names.
 */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { TOUR } from '../flows/tour/tour.ts'
import { ORGANIZATIONS, visit } from '../flows/visit.ts'
import { BROWSER } from '../support/browser.ts'
import { startWorld, type World } from '../support/world.ts'
import { contactSheet, type Shot } from './contact-sheet.ts'

const OUT = fileURLToPath(new URL('../../shots/out/', import.meta.url))
const LOOKS = ['light', 'dark', 'arabic'] as const
const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } }

const wanted = process.argv[2] ?? ''
const screens = Object.keys(TOUR).filter((name) => name.includes(wanted))
if (!wanted) fs.rmSync(OUT, { recursive: true, force: true })
fs.mkdirSync(OUT, { recursive: true })

const world = await startWorld()
const browser = await chromium.launch(BROWSER)
try {
  const shots: Shot[] = []
  for (const screen of screens)
    for (const organization of Object.keys(ORGANIZATIONS) as (keyof typeof ORGANIZATIONS)[])
      shots.push(...(await photograph(browser, world, screen, organization)))
  fs.writeFileSync(path.join(OUT, 'index.html'), contactSheet(shots))
  console.log(`${shots.length} screenshots: ${path.join(OUT, 'index.html')}`)
} finally {
  await browser.close()
  await world.stop()
}

/** One screen of one organization, in every look and size. */
async function photograph(browser: Browser, world: World, screen: string, organization: keyof typeof ORGANIZATIONS) {
  const options = {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: SIZES.desk,
    reducedMotion: 'reduce',
  } as const
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await TOUR[screen]?.(visit(page, world, organization))
  const shots: Shot[] = []
  for (const look of LOOKS) {
    await wear(page, look)
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport)
      await isSettled(page)
      const file = [screen, organization, look, size]
        .join(' ')
        .replaceAll(/[^a-z]+/g, '-')
        .concat('.png')
      await page.screenshot({ path: path.join(OUT, file), fullPage: true, animations: 'disabled' })
      shots.push({ screen, organization, look, size, file })
    }
  }
  // a choice is the person's own, and the next screen meets the same people
  await page.locator('select[name=language]').selectOption('en', { force: true })
  await page.locator('html[lang=en]').waitFor()
  await context.close()
  return shots
}

/** What follows the size of the window, as a menu does, has moved two frames later. */
function isSettled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}

async function wear(page: Page, look: (typeof LOOKS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' })
  if (look !== 'arabic') return
  await page.locator('select[name=language]').selectOption('ar', { force: true })
  await page.locator('html[dir=rtl]').waitFor()
}
