import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/**
 * Adds up what a browser loads before it can draw the first step of the login: the scripts that `login.html` imports statically.
 * Run after a build: `node web/scripts/budget.ts`. Prints the sum in bytes (gzip -9) and ends with 1 above the budget.
 */
const BUDGET = 100_000
const ENTRY = 'login.html'

type Chunk = { file: string; imports?: string[] }
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>

function filesOf(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`no ${key} in the manifest`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const name of chunk.imports ?? []) filesOf(name, seen)
  return seen
}

let sum = 0
for (const file of filesOf(ENTRY)) {
  const size = gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length
  console.log(`${String(size).padStart(8)}  ${file}`)
  sum += size
}
console.log(`${String(sum).padStart(8)}  of ${BUDGET}: first-load JavaScript of ${ENTRY}`)
if (sum > BUDGET) process.exitCode = 1
