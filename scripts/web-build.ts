import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runNode } from './run-node.ts'

/** What goes into the build. The lockfile stands for the packages. */
const SOURCES = ['web', 'shared/src', 'locales', 'pnpm-lock.yaml']
const NOT_SOURCES = new Set(['node_modules', 'dist'])

/** Inside the build, so that whatever replaces the build (`npm run dev`, `vite build`) removes the stamp with it. */
const STAMP = 'web/dist/.sources'

/** Builds the web part unless web/dist was built from exactly these sources. Exit code of the build. */
export async function buildWebIfChanged(): Promise<number> {
  const isBuilt = fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === hashOfSources()
  return isBuilt ? 0 : buildWeb()
}

export async function buildWeb(): Promise<number> {
  const sources = hashOfSources() // before building: an edit during the build must count as newer
  const exitCode = await runNode(['node_modules/vite/bin/vite.js', 'build'], {}, 'web')
  if (exitCode === 0) fs.writeFileSync(STAMP, sources)
  return exitCode
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesOf)) hash.update(`${file}\0`).update(fs.readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Every file at or below `entry`, in a fixed order. */
function filesOf(entry: string): string[] {
  if (!fs.statSync(entry).isDirectory()) return [entry]
  const names = fs.readdirSync(entry).filter((name) => !NOT_SOURCES.has(name))
  return names.sort().flatMap((name) => filesOf(path.join(entry, name)))
}
