/**
 * The launcher behind every script of package.json: `node scripts/run.mjs <task> [arguments]`, see tasks/index.ts.
 * It runs on any Node >= 18 with nothing installed. When that Node is too old for the product it starts itself again with a newer one
 * from npm's cache, so this file and the .mjs files it imports stay plain JavaScript over `node:` modules. Then it installs the
 * dependencies if the lockfile changed, and runs the task.
 */
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { launch } from './children.mjs'
import { installIfLockfileChanged } from './install.mjs'
import { NODE_VERSION, nodeFromNpm } from './npx.mjs'

const self = fileURLToPath(import.meta.url)
process.chdir(path.dirname(path.dirname(self)))
const [task = '', ...args] = process.argv.slice(2)

process.exit(isSupported(process.versions.node) ? await runTask() : await runAgainWithSupportedNode())

/**
 * Keep in step with "engines" in package.json: better-sqlite3 crashes on a Node that is too old.
 * @param {string} version
 */
function isSupported(version) {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 2)
  if (major === 24) return minor >= 15
  return major >= 26
}

async function runAgainWithSupportedNode() {
  console.error(`Node ${process.versions.node} is too old. Using Node ${NODE_VERSION} from npm's cache.`)
  const node = nodeFromNpm()
  if (!node) {
    console.error('Could not get it. Install Node 24 LTS and run the command again.')
    return 2
  }
  return launch(node, [self, task, ...args]).exitCode
}

async function runTask() {
  // whatever is started by name (npx, pnpm, node) finds the Node that runs this file
  process.env.PATH = path.dirname(process.execPath) + path.delimiter + process.env.PATH
  // sources are stripped of their types once, not at every start: a third of the time and 20 MB
  process.env.NODE_COMPILE_CACHE ??= path.resolve('node_modules/.cache/compiled')
  const { TASKS, isTask } = await import('./tasks/index.ts')
  if (!isTask(task)) {
    console.error(`usage: node scripts/run.mjs ${Object.keys(TASKS).join(' | ')} [arguments]`)
    return 2
  }
  const installed = installIfLockfileChanged()
  return installed === 0 ? TASKS[task](args) : installed
}
