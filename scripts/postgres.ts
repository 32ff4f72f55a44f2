import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { findInPath } from './find-in-path.ts'

const PASSWORD = 'secret'
const READY = 'ready to accept connections'
const isRoot = process.getuid?.() === 0

/** Durability is off, which is right for tests only, and so is vacuuming: it would take the cores of what is tested. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_connections=500',
]

/** The folder of initdb and postgres, or null: PG_BIN, Debian's newest, PATH. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = versions.map((version) => path.join(debian, version, 'bin'))
  const initdb = findInPath(['initdb'], process.env.PG_BIN ? [process.env.PG_BIN] : folders)
  return initdb ? path.dirname(initdb) : null
}

/**
 * Starts a throw-away PostgreSQL on a free port of the loopback address and resolves when it accepts connections. `stop` ends it at
 * once and removes its data. As root it runs as `nobody`, because PostgreSQL refuses root.
 */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const bin = findPostgres()
  if (!bin) throw new Error('No PostgreSQL was found. Install one (Debian: apt-get install postgresql) or set PG_BIN.')
  const folder = makeDatabase(bin)
  const port = await freePort()
  const settings = [...SETTINGS, 'listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`]
  const [command, ...args] = asOrdinaryUser([`${bin}/postgres`, '-D', `${folder}/data`])
  // in a group of its own: Ctrl-C must not end the database before the tests that use it
  const options = { cwd: folder, detached: true, stdio: 'pipe' } as const
  const server = spawn(command, [...args, ...settings.flatMap((setting) => ['-c', setting])], options)

  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async () => {
    process.off('exit', kill)
    const isRunning = server.exitCode === null && server.signalCode === null
    if (server.kill('SIGQUIT') && isRunning) await once(server, 'exit') // SIGQUIT is PostgreSQL's immediate shutdown
    fs.rmSync(folder, { recursive: true, force: true })
  }
  try {
    await isReady(server.stderr)
    return { url: `postgres://app:${PASSWORD}@127.0.0.1:${port}/postgres`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A new folder with an initialised database in `data`; it belongs to whom the server runs as. */
function makeDatabase(bin: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'postgres-'))
  const passwordFile = path.join(folder, 'password')
  fs.writeFileSync(passwordFile, PASSWORD)
  if (isRoot) for (const entry of [folder, passwordFile]) fs.chownSync(entry, idOf('-u'), idOf('-g'))
  const locale = ['-E', 'UTF8', '--locale=C', '--no-sync']
  const [command, ...args] = asOrdinaryUser([
    `${bin}/initdb`,
    '-D',
    `${folder}/data`,
    '-U',
    'app',
    '-A',
    'scram-sha-256',
  ])
  const made = spawnSync(command, [...args, `--pwfile=${passwordFile}`, ...locale], { cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  return folder
}

/** As root: the command as `nobody`, ended by the kernel when we die without a chance to stop it. */
function asOrdinaryUser(command: [string, ...string[]]): [string, ...string[]] {
  if (!isRoot) return command
  const user = ['--reuid', String(idOf('-u')), '--regid', String(idOf('-g')), '--clear-groups', '--pdeathsig', 'KILL']
  return ['setpriv', ...user, ...command]
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  return port
}

/** Resolves when the log says that connections are accepted, rejects with the log when it ends before; reads on, so that it never fills. */
function isReady(log: Readable): Promise<void> {
  let text = ''
  return new Promise((resolve, reject) => {
    log.on('data', (chunk: Buffer) => {
      if (text.includes(READY)) return
      text += chunk.toString()
      if (text.includes(READY)) resolve()
    })
    log.on('end', () => reject(new Error(`PostgreSQL did not start: ${text}`)))
  })
}
