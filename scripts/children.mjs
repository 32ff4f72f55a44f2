/**
 * Programs as direct children: the signals we get reach them. With npm, npx or pnpm in between SIGTERM is lost and the program lives
 * on as an orphan. Plain JavaScript for Node >= 18.
 */
import { spawn } from 'node:child_process'
import os from 'node:os'
import process from 'node:process'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
/** @type {NodeJS.Signals | null} */
let received = null

/** The signal that asked us to stop, or null. */
export const stopSignal = () => received

/**
 * Starts a program and passes SIGINT, SIGTERM and SIGHUP on to it for as long as it lives. A terminal signals the whole group, so it
 * may get SIGINT twice. `exitCode` never rejects: 128 + n after signal n, 127 when the program can not be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function launch(command, args, options) {
  listen()
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  running.add(child)
  /** @type {Promise<number>} */
  const exitCode = new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(127)
    })
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0)))
  }).finally(() => running.delete(child))
  return { child, exitCode }
}

function listen() {
  if (process.listeners('SIGTERM').includes(passOn)) return
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, passOn)
}

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  received = signal
  for (const child of running) child.kill(signal === 'SIGHUP' && watches(child) ? 'SIGTERM' : signal)
}

/**
 * `node --watch` passes SIGINT and SIGTERM on to the program it watches; of SIGHUP it dies alone.
 * @param {import('node:child_process').ChildProcess} child
 */
function watches(child) {
  return child.spawnargs.includes('--watch')
}
