import { launch } from '../children.mjs'
import { runNode } from '../run-node.ts'
import { serve } from './start.ts'

const VITE = ['node_modules/vite/bin/vite.js', 'build', '--mode', 'development']
/** The server reads texts, pages and the names of their files when it starts, and a build has other names than the one before. */
const WATCHED = ['api/src', 'shared/src', 'locales', 'web/dist']

/** Serves, rebuilds the web part when its sources change and restarts the server when that happened or its own do. */
export async function dev(args: string[]): Promise<number> {
  const failed = await runNode(VITE, {}, 'web') // so that the first page the server reads is there
  if (failed) return failed
  const { child: watcher } = launch(process.execPath, [...VITE, '--watch'], { cwd: 'web' })
  const code = await serve([...WATCHED.map((path) => `--watch-path=${path}`), 'api/src/main.ts', ...args])
  watcher.kill()
  return code
}
