import type { ProblemCode } from '@vestibule/shared/problem.ts'
import { Problem } from '../../domain/problem.ts'
import { type ExitCode, Refused, say, type Terminal } from '../terminal.ts'
import { withDeps } from '../with-deps.ts'
import { ACTIONS } from './actions.ts'
import type { ManageCommand, ManageOptions } from './commands.ts'
import { linesOf } from './lines.ts'

/** Runs one command; what came of it is printed, a line a thing, or as the JSON that the route would answer. */
export async function manage(
  terminal: Terminal,
  command: ManageCommand,
  things: readonly string[],
  options: ManageOptions,
): Promise<ExitCode> {
  const outcome = await withDeps(terminal, (deps) => ACTIONS[command](deps, things, options)).catch(sayWhy)
  if (options.json) say(terminal.stdout, JSON.stringify(outcome, null, 2))
  else {
    const { lines, more } = linesOf(outcome)
    say(terminal.stdout, ...lines)
    if (more !== null) say(terminal.stderr, `There is more: --after ${more}`)
  }
  return 0
}

const SENTENCES: Partial<Record<ProblemCode, string>> = {
  not_found: 'that is not there.',
  forbidden: 'that can not be done to this one.',
  last_owner: 'nobody else owns that place: give somebody else the role first.',
  cursor_invalid: '--after is of another list.',
  changed_meanwhile: 'it was changed meanwhile: look again.',
}

/** @throws Refused */
function sayWhy(error: unknown): never {
  if (!(error instanceof Problem)) throw error
  const { code, details } = error
  const fields = Object.entries(details.fields ?? {}).map(([name, problems]) => `${name} is ${problems.join(', ')}`)
  if (code === 'invalid_input' && fields.length > 0) throw new Refused(`${fields.join('; ')}.`)
  throw new Refused(SENTENCES[code] ?? `it was refused: ${code}.`)
}
