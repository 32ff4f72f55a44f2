import { launch, stopSignal } from '../children.mjs'
import { type Counts, FAILED, PASSED } from './phase.ts'

/** Runs a program with this Node; it passed when its exit code is 0. What it says is printed only when it failed. */
export async function tool(...args: string[]): Promise<Counts> {
  if (stopSignal()) return FAILED
  const { child, exitCode } = launch(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text))
  if ((await exitCode) === 0) return PASSED
  console.log(`${args.join(' ')}\n${output}`)
  return FAILED
}
