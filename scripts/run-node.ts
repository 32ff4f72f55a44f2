import { launch, stopSignal } from './children.mjs'

/**
 * Runs a program with this Node as our direct child, to its end.
 * @param env added to our own environment
 * @returns its exit code; 130 at once when we were told to stop before it began
 */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = '.'): Promise<number> {
  if (stopSignal()) return Promise.resolve(130)
  return launch(process.execPath, args, { cwd, env: { ...process.env, ...env } }).exitCode
}
