import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '../driver/connection.ts'
import { request } from '../driver/request.ts'
import { SERVER_CORE } from './processor.ts'

/** A program of ours or of the peer: a script with its folder and what is added to the environment. */
export type Program = { script: string; args?: string[]; folder: string; env: Record<string, string> }

/** A pinned server process that has answered; `startMs` is the time from spawning it to its first answer. */
export type Child = { pid: number; startMs: number; stop: () => Promise<void> }

const DISCOVERY = '/.well-known/openid-configuration'
const START_LIMIT_MS = 20_000
/** Compiled sources are kept between starts, for every server alike: as `npm start` does. */
const COMPILE_CACHE = join(tmpdir(), 'vestibule-bench-compiled')

/** What must not outlive the driver, however that ends. */
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

/** Runs a program to its end. Rejects with what it wrote when it fails. */
export async function run(program: Program): Promise<void> {
  const { child, output } = spawnPinned(program)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${program.script} ended with ${code}:\n${output()}`)
}

/** Starts a server and waits for its first good answer. */
export async function startServer(program: Program, origin: string): Promise<Child> {
  const started = performance.now()
  const { child, output } = spawnPinned(program)
  const stop = () => end(child)
  while (!(await answers(origin))) {
    if (child.exitCode !== null || performance.now() - started > START_LIMIT_MS) {
      await stop()
      throw new Error(`${program.script} does not answer:\n${output()}`)
    }
    await sleep(2)
  }
  return { pid: child.pid as number, startMs: performance.now() - started, stop }
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

function spawnPinned({ script, args = [], folder, env }: Program): { child: ChildProcess; output: () => string } {
  const child = spawn('taskset', ['-c', String(SERVER_CORE), process.execPath, script, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  living.add(child)
  child.once('exit', () => living.delete(child))
  let text = ''
  const keep = (chunk: Buffer) => {
    text = (text + chunk).slice(-4000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return { child, output: () => text }
}

async function answers(origin: string): Promise<boolean> {
  let connection: Connection | null = null
  try {
    connection = await Connection.open(Number(new URL(origin).port))
    return (await request(connection, origin + DISCOVERY)).status === 200
  } catch {
    return false // nobody listens yet
  } finally {
    connection?.close()
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(impatient)
}
