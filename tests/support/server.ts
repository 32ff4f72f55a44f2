import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort, run } from './child.ts'
import { freshDatabase } from './database.ts'
import { createMail, type Mail } from './mail.ts'
import { startProcesses } from './processes.ts'

const CLI = 'api/src/cli.ts'

/** Production settings but for three: the hash costs nothing, all tests come from one address, and messages are shown instead of sent. */
const SETTINGS = {
  NODE_ENV: 'test',
  MAIL_URL: 'outbox:',
  SMS_URL: 'outbox:',
  LOG_LEVEL: 'warn',
  DEMO: 'off',
  ARGON2_MEMORY_KIB: '8',
  ARGON2_PASSES: '1',
  RATE_LIMIT_FACTOR: '1000',
}

/** The product as a process of its own, with its data in a new folder. */
export type Server = {
  /** The public address and issuer. */
  origin: string
  /** What it would have sent. */
  mail: Mail
  /** The first lines it wrote, with the first manager's link. */
  output: () => string
  /** Starts it anew over the same data. `aheadBy` seconds its clock is then ahead of this machine's. */
  restart: (options?: { aheadBy?: number }) => Promise<void>
  /** Runs `vestibule <arguments>` beside it. What it wrote. */
  vestibule: (...args: string[]) => Promise<string>
  /** Runs `vestibule apply` with this configuration while it serves. */
  apply: (configuration: object) => Promise<string>
  /** Ends it and removes its data. */
  stop: () => Promise<void>
}

/** What was applied before that, by a clock so many seconds behind. */
type Before = { configuration: () => object; ago: number }

/** @param configuration what `vestibule apply` is given before the first start; nothing for a fresh instance */
export async function startServer(
  configuration?: object,
  env: Record<string, string> = {},
  before?: Before,
): Promise<Server> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-'))
  const database = await freshDatabase()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const settings = {
    ...SETTINGS,
    PORT: String(port),
    PUBLIC_URL: origin,
    DATA_DIR: path.join(folder, 'data'),
    ...database.env,
    ...env,
  }
  const apply = (wanted: object, aheadBy = 0): Promise<string> => {
    const file = path.join(folder, 'configuration.json')
    fs.writeFileSync(file, JSON.stringify(wanted))
    return run({ args: [...optionsFor(aheadBy), CLI, 'apply', file], env: settings })
  }
  if (before) await apply(before.configuration(), -before.ago)
  if (configuration) await apply(configuration)
  const processes = await startProcesses(port, settings)
  return {
    origin,
    mail: createMail(origin),
    output: processes.output,
    apply: (wanted) => apply(wanted),
    vestibule: (...args) => run({ args: [CLI, ...args], env: settings }),
    restart: ({ aheadBy = 0 } = {}) => processes.restart(optionsFor(aheadBy)),
    async stop() {
      await processes.stop()
      await database.drop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Options of node for a process whose clock is ahead of this machine's, or behind. */
const optionsFor = (aheadBy: number): string[] => (aheadBy === 0 ? [] : ['--import', clockAheadBy(aheadBy)])

/** A module that moves the clock of the process that loads it first. */
const clockAheadBy = (seconds: number) =>
  `data:text/javascript,${encodeURIComponent(`const { now } = Date; Date.now = () => now() + ${seconds * 1000}`)}`
