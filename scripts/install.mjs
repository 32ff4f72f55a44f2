/** Installs the dependencies when the lockfile is not the one they were installed from. Plain JavaScript for Node >= 18. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pnpm } from './npx.mjs'

const STAMP = 'node_modules/.installed-lockfile'

/** @returns {number} exit code */
export function installIfLockfileChanged() {
  const lockfile = createHash('sha256').update(fs.readFileSync('pnpm-lock.yaml')).digest('hex')
  if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === lockfile) return 0
  // a node_modules that another package manager made is replaced without asking: nobody may be there to answer
  const { status, error } = pnpm(['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'])
  if (error) console.error(`The dependencies could not be installed, npx does not run: ${error.message}`)
  if (status === 0) fs.writeFileSync(STAMP, lockfile)
  return status ?? 1
}
