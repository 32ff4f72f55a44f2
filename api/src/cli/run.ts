import { parseArgs } from 'node:util'
import { StartRefused } from '../domain/start-refused.ts'
import { Unavailable } from '../domain/unavailable.ts'
import { BadConfiguration } from '../use-cases/configuration/fault.ts'
import { causeOf } from './cause.ts'
import { MANAGE_COMMANDS, type ManageCommand, type ManageOptions } from './manage/commands.ts'
import { BadUsage, type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { USAGE } from './usage.ts'

type Options = ManageOptions & {
  'dry-run'?: boolean
  organization?: string
  'must-change'?: boolean
  days?: string
  scope?: string
}
type Command = {
  /** What has to follow the name. */
  operands: number
  options: readonly (keyof Options)[]
  run(terminal: Terminal, operands: string[], options: Options): Promise<ExitCode>
}

const managing = Object.entries(MANAGE_COMMANDS).map(([name, command]): [string, Command] => [
  name,
  {
    ...command,
    run: async (terminal, operands, options) =>
      (await import('./manage/manage.ts')).manage(terminal, name as ManageCommand, operands, options),
  },
])

/** Each command loads what it needs, when it is called. */
const COMMANDS: Record<string, Command> = {
  ...Object.fromEntries(managing),
  start: plain(async () => {
    await import('../main.ts')
    return null
  }),
  migrate: plain(async (terminal) => (await import('./migrate.ts')).migrate(terminal)),
  'after-restore': plain(async (terminal) => (await import('./after-restore.ts')).endWhatWasRestored(terminal)),
  'keys rotate': plain(async (terminal) => (await import('./keys.ts')).rotate(terminal)),
  doctor: plain(async (terminal) => (await import('./doctor.ts')).doctor(terminal)),
  apply: {
    operands: 1,
    options: ['dry-run'],
    run: async (terminal, [file = ''], options) =>
      (await import('./apply.ts')).apply(terminal, file, options['dry-run'] ?? false),
  },
  'user set-password': {
    operands: 1,
    options: ['organization', 'must-change'],
    run: async (terminal, [loginName = ''], { organization = null, 'must-change': mustChange = false }) =>
      (await import('./set-password.ts')).setPassword(terminal, { loginName, organization }, mustChange),
  },
  'user unlock': {
    operands: 1,
    options: ['organization'],
    run: async (terminal, [loginName = ''], { organization = null }) =>
      (await import('./unlock.ts')).unlock(terminal, { loginName, organization }),
  },
  'service-user key': {
    operands: 1,
    options: ['days'],
    run: async (terminal, [name = ''], { days }) => (await import('./service-user.ts')).key(terminal, name, days),
  },
  'service-user secret': {
    operands: 1,
    options: [],
    run: async (terminal, [name = '']) => (await import('./service-user.ts')).secret(terminal, name),
  },
  'service-user token': {
    operands: 1,
    options: ['days', 'scope'],
    run: async (terminal, [name = ''], { days, scope }) =>
      (await import('./service-user.ts')).token(terminal, name, { days, scope }),
  },
  trace: {
    operands: 1,
    options: [],
    run: async (terminal, [id = '']) => (await import('./trace.ts')).trace(terminal, id),
  },
  help: plain(async ({ stdout }) => {
    say(stdout, USAGE)
    return 0
  }),
}

function plain(run: Command['run']): Command {
  return { operands: 0, options: [], run }
}

/** Runs one command to its end. Answers with the exit code and never throws for what an operator can mend. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const { command, operands, options } = understand(args)
    return await command.run(terminal, operands, options)
  } catch (error) {
    const { code, lines } = explain(error)
    say(terminal.stderr, ...lines)
    return code
  }
}

function explain(error: unknown): { code: ExitCode; lines: string[] } {
  if (error instanceof BadUsage) return { code: 2, lines: [`vestibule: ${error.message}`, '', USAGE] }
  if (error instanceof BadConfiguration) return { code: 2, lines: ['Refused, and nothing was changed:', error.message] }
  if (error instanceof Refused || error instanceof StartRefused)
    return { code: 2, lines: [`vestibule: ${error.message}`] }
  if (error instanceof Unavailable)
    return { code: 1, lines: ['The database is busy or can not be reached. Nothing was changed; try again.'] }
  return { code: 1, lines: [`vestibule: ${causeOf(error)}`, '`vestibule doctor` may say more.'] }
}

function understand(args: readonly string[]) {
  const { positionals, values: options } = parsed(args)
  if (options.help || positionals.length === 0) return { command: COMMANDS.help!, operands: [], options }
  const name = [3, 2, 1]
    .map((words) => positionals.slice(0, words).join(' '))
    .find((words) => Object.hasOwn(COMMANDS, words))
  if (name === undefined) throw new BadUsage(`there is no command ${positionals.slice(0, 2).join(' ')}.`)
  const command = COMMANDS[name]!
  const operands = positionals.slice(name.split(' ').length)
  if (operands.length !== command.operands)
    throw new BadUsage(`${name} takes ${['nothing', 'one thing', 'two things'][command.operands]} after it.`)
  const foreign = (Object.keys(OPTIONS) as (keyof Options)[]).find(
    (option) => option in options && !command.options.includes(option),
  )
  if (foreign) throw new BadUsage(`${name} knows no --${foreign}.`)
  return { command, operands, options }
}

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  organization: { type: 'string' },
  'must-change': { type: 'boolean' },
  days: { type: 'string' },
  scope: { type: 'string' },
  json: { type: 'boolean' },
  state: { type: 'string' },
  limit: { type: 'string' },
  after: { type: 'string' },
  name: { type: 'string' },
  'given-name': { type: 'string' },
  'family-name': { type: 'string' },
  'setup-link': { type: 'boolean' },
  'keep-previous': { type: 'boolean' },
  user: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
} as const satisfies Record<keyof Options, { type: 'string' | 'boolean' }>

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...OPTIONS, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    throw new BadUsage((error as Error).message)
  }
}
