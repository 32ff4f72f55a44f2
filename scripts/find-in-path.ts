import fs from 'node:fs'
import path from 'node:path'

/** The full path of the first of these programs that a folder of PATH (or of `more`) holds, or null. */
export function findInPath(names: readonly string[], more: readonly string[] = []): string | null {
  const folders = [...more, ...(process.env.PATH ?? '').split(path.delimiter)]
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return candidates.find((file) => fs.existsSync(file)) ?? null
}
