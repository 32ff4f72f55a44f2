import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'

const CACHE = fileURLToPath(new URL('../../../../.cache/pglite/', import.meta.url))

/** An empty PostgreSQL in the process. The first one ever sets up its data for five seconds; the others copy that in one. */
export async function bootPglite(): Promise<PGlite> {
  const prepared = preparedData()
  if (!existsSync(prepared)) await prepare(prepared)
  return PGlite.create({ loadDataDir: new Blob([readFileSync(prepared)]) })
}

/** One file a version: the real path of the package names it. */
function preparedData(): string {
  const code = realpathSync(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  return `${CACHE}${createHash('sha256').update(code).digest('hex').slice(0, 16)}.tar`
}

async function prepare(file: string): Promise<void> {
  const client = await PGlite.create()
  const data = Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer())
  await client.close()
  mkdirSync(CACHE, { recursive: true })
  // several test files may do this at once, and none may read half of it
  const mine = `${file}.${randomUUID()}`
  writeFileSync(mine, data)
  renameSync(mine, file)
}
