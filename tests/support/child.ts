import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** How long a server may take to answer. Milliseconds. */
const PATIENCE = 20_000

/** A server that answers, with all it has written so far. */
export type Child = {
  output: () => string
  stop: () => Promise<void>
  /** Ends it without a word. */
  kill: () => Promise<void>
}

/** What must not outlive the tests, however they end. */
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

type Program = {
  /** Node, where it says nothing. */
  command?: string
  /** Its arguments, relative to the root of the project. */
  args: string[]
  env: Record<string, string>
}

/** Runs a program to its end. @throws Error with what it wrote, when it failed */
export async function run(program: Program): Promise<string> {
  const { child, output } = start(program)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program.args.join(' ')} ended with ${code}:\n${output()}`)
  return output()
}

/** Starts a server and waits until `probe` answers. @throws Error with what it wrote, when it never does */
export async function serve(program: Program, probe: string): Promise<Child> {
  const { child, output } = start(program)
  const deadline = performance.now() + PATIENCE
  while (!(await answers(probe))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await end(child)
      throw new Error(`${program.args.join(' ')} does not answer:\n${output()}`)
    }
    await pause(20)
  }
  return { output, stop: () => end(child), kill: () => end(child, 'SIGKILL') }
}

/** A port of the loopback address that nobody uses right now. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The environment is what is given and nothing else: no setting of the machine decides what is tested. */
function start({ command = process.execPath, args, env }: Program) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  living.add(child)
  child.once('close', () => living.delete(child))
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-20_000)
    })
  return { child, output: () => text }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok
  } catch {
    return false // nobody listens yet
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const isGone = once(child, 'close')
  child.kill(signal)
  const impatient = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await isGone
  clearTimeout(impatient)
}
