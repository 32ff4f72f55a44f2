import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { findInPath } from './find-in-path.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** Without the fonts of other scripts a screenshot of an Arabic or Chinese page shows boxes. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-core', 'fonts-noto-cjk']

/**
 * The path of a Chromium for the browser tests: the one CHROMIUM names, the system's, the one Playwright downloaded, or, as root on
 * Debian, a freshly installed one. Throws with a sentence that says what to do when there is none: browser tests are never skipped.
 */
export function findChromium(): string {
  const named = process.env.CHROMIUM
  if (named && !fs.existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist.`)
  const found = named || findInSystem() || findPlaywrightDownload() || installOnDebian()
  if (!found) {
    throw new Error(
      'No Chromium was found for the browser tests. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.',
    )
  }
  return found
}

const findInSystem = () => findInPath(NAMES) ?? (fs.existsSync(ON_MACOS) ? ON_MACOS : null)

function findPlaywrightDownload(): string | null {
  const requireInTests = createRequire(path.resolve('tests/package.json'))
  const { chromium } = requireInTests('@playwright/test') as { chromium: { executablePath: () => string } }
  const downloaded = chromium.executablePath()
  return fs.existsSync(downloaded) ? downloaded : null
}

function installOnDebian(): string | null {
  if (process.getuid?.() !== 0 || !findInPath(['apt-get'])) return null
  console.log(`Installing ${DEBIAN_PACKAGES.join(', ')}.`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  aptGet('update')
  aptGet('install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES)
  return findInSystem()
}
