import { launch } from '../children.mjs'
import { buildWebIfChanged } from '../web-build.ts'
import { serve } from './start.ts'

/** Serves, rebuilds the web part when its sources change and restarts the server when its own do. */
export async function dev(args: string[]): Promise<number> {
  const failed = await buildWebIfChanged() // so that the first page the server reads is there
  if (failed) return failed
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--watch', '--mode', 'development']
  const { child: watcher } = launch(process.execPath, vite, { cwd: 'web' })
  const code = await serve(['--watch', 'api/src/main.ts', ...args])
  watcher.kill()
  return code
}
