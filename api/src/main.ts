import { enableCompileCache } from 'node:module'
import { resolveQuickly } from './quick-resolve.ts'

// the compiled sources are kept between starts, and hashing must not starve files and names of threads
enableCompileCache()
resolveQuickly()
process.env.UV_THREADPOOL_SIZE ??= '16'

const { start } = await import('./start.ts')
const { readEnvironment } = await import('./environment.ts')
const { StartRefused } = await import('./domain/start-refused.ts')
try {
  await start(readEnvironment(process.env), { now: Date.now })
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(error.message)
  process.exit(2)
}
