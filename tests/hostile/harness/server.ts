import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { send } from './http.ts'
import { CLI, type Environment, freePort, MAIN, type Program, runProgram, startProgram } from './program.ts'

/** An installation: its folder, its settings and its address. It may run, be killed, and run again. */
export type Place = { folder: string; port: number; issuer: string; env: Environment }

/** A running server of an installation. */
export type Server = Place &
  Program & {
    /** Asks it to stop and waits. Its exit code. */
    stop: () => Promise<number | null>
    /** Ends it without a word. */
    kill: () => Promise<void>
  }

const folders: string[] = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const START_LIMIT = 20_000
const STOP_LIMIT = 15_000

/**
 * Production settings behind a proxy that ends TLS: the client's address is the last one of X-Forwarded-For. Hashes are cheap, except
 * where a case says otherwise. `PORT` in PUBLIC_URL stands for the port.
 */
export async function createPlace(env: Environment = {}): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-test-'))
  folders.push(folder)
  const port = await freePort()
  const issuer = (env.PUBLIC_URL ?? 'https://localhost:PORT').replace('PORT', String(port))
  const settings = {
    NODE_ENV: 'production',
    DATA_DIR: join(folder, 'data'),
    TRUSTED_PROXY_HOPS: '1',
    ARGON2_MEMORY_KIB: '8',
    ARGON2_PASSES: '1',
    ...env,
    PORT: String(port),
    PUBLIC_URL: issuer,
  }
  return { folder, port, issuer, env: settings }
}

/** Another process over the same data: its own port, the same name. */
export async function besides(place: Place): Promise<Place> {
  const port = await freePort()
  return { ...place, port, env: { ...place.env, PORT: String(port) } }
}

/** Starts the product and waits until it says that it is ready. */
export async function startServer(place: Place): Promise<Server> {
  const program = startProgram(MAIN, [], { cwd: place.folder, env: place.env })
  const server: Server = { ...place, ...program, stop: () => stop(program), kill: () => kill(program) }
  await isReady(server)
  return server
}

/** Resolves with the milliseconds it took. @throws with the server's own words when it ends or takes too long */
export async function isReady(server: Server, limit = START_LIMIT): Promise<number> {
  const begin = performance.now()
  for (;;) {
    const answer = await send(server, { path: '/readyz', headers: { connection: 'close' } }).catch(() => null)
    const elapsed = performance.now() - begin
    if (answer?.status === 200) return elapsed
    const { exitCode, signalCode } = server.child
    if (exitCode !== null || signalCode !== null || elapsed > limit)
      throw new Error(
        `the server is not ready (exit ${exitCode ?? signalCode}):\n${server.news()}\n${server.log().slice(-2000)}`,
      )
    await sleep(20)
  }
}

/** Runs `vestibule <arguments>` beside the server. @throws with its words when it fails */
export async function vestibule(place: Place, ...args: string[]): Promise<string> {
  const { code, log, news } = await runProgram(CLI, args, { cwd: place.folder, env: place.env })
  if (code !== 0) throw new Error(`vestibule ${args.join(' ')} ended with ${code}:\n${news}\n${log}`)
  return log
}

/** Applies a configuration, as an operator does. */
export async function apply(place: Place, configuration: object): Promise<void> {
  await vestibule(place, 'apply', fileOf(place, configuration))
}

/** Why a configuration is refused: one line a fault. @throws when it is accepted */
export async function faultsOf(place: Place, configuration: object): Promise<string[]> {
  const { code, news } = await runProgram(CLI, ['apply', fileOf(place, configuration)], {
    cwd: place.folder,
    env: place.env,
  })
  if (code === 0) throw new Error('the configuration was accepted')
  return news.split('\n')
}

function fileOf({ folder }: Place, configuration: object): string {
  const file = join(folder, 'configuration.json')
  writeFileSync(file, JSON.stringify(configuration))
  return file
}

async function stop({ child, exited }: Program): Promise<number | null> {
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT)
  const code = await exited
  clearTimeout(impatient)
  return code
}

async function kill({ child, exited }: Program): Promise<void> {
  child.kill('SIGKILL')
  await exited
}
