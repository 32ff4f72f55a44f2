import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'

/** The product's own entry points. */
export const MAIN = resolve(import.meta.dirname, '../../../api/src/main.ts')
export const CLI = resolve(import.meta.dirname, '../../../api/src/cli.ts')

export type Environment = Record<string, string>

/** A process of the product: what it wrote so far, and how it ended. */
export type Program = {
  child: ChildProcess
  pid: number
  /** Standard output: the log, one JSON object a line. */
  log: () => string
  /** Standard error: what the operator reads. */
  news: () => string
  /** Exit code, or null after a signal. */
  exited: Promise<number | null>
}

/** What must not outlive the tests, however they end. */
const living = new Set<ChildProcess>()
function endAll(): void {
  for (const child of living) child.kill('SIGKILL')
}
process.once('exit', endAll)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.once(signal, () => {
    endAll()
    process.exit(1)
  })
// the tests run in a child of their own, which may lose its parent
process.once('disconnect', endAll)

/** Starts node with a script, in a folder of its own: no `.env` of whoever runs the tests is read. */
export function startProgram(
  script: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Environment },
): Program {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  living.add(child)
  let log = ''
  let news = ''
  child.stdout.on('data', (chunk: Buffer) => (log += chunk))
  child.stderr.on('data', (chunk: Buffer) => (news += chunk))
  const exited = once(child, 'close').then(([code]) => {
    living.delete(child)
    return code as number | null
  })
  return { child, pid: child.pid!, log: () => log, news: () => news, exited }
}

/** Runs one to its end. */
export async function runProgram(script: string, args: readonly string[], where: { cwd: string; env: Environment }) {
  const program = startProgram(script, args, where)
  return { code: await program.exited, log: program.log(), news: program.news() }
}

/** A port that nobody uses right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
