import type { TraceOutcome } from '@vestibule/shared/trace.ts'
import { findTrace, type ShownTrace } from '../use-cases/traces/find-trace.ts'
import { type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { REASONS, REMEDIES } from './trace-words.ts'
import { withDeps } from './with-deps.ts'

const MARKS: Record<TraceOutcome, string> = { passed: '✓', failed: '✗', not_reached: '·' }

/** Says why a request of an application was refused: each check, the one that failed, and what to do. */
export async function trace(terminal: Terminal, id: string): Promise<ExitCode> {
  const found = await withDeps(terminal, (deps) => findTrace(deps, id.trim().toLowerCase()))
  if (!found)
    throw new Refused(
      'there is no such trace. They are kept for seven days; of very many in a short time some leave none.',
    )
  say(terminal.stdout, ...linesOf(found))
  return 0
}

function linesOf(found: ShownTrace): string[] {
  const { path, clientId, at, error, checks, check, reason } = found
  const of = clientId === null ? 'nobody' : found.applicationId ? clientId : `${clientId}, which nobody knows`
  return [
    `${path} of ${of}, at ${new Date(at).toISOString()}: ${error}`,
    '',
    ...checks.flatMap(({ check: name, outcome }) => {
      const line = `  ${MARKS[outcome]} ${name}`
      return name === check ? [`${line} ${REASONS[reason]}`, ...comparedOf(found)] : [line]
    }),
    '',
    REMEDIES[check],
  ]
}

const INDENT = '      '

function comparedOf({ expected, got, differsAt }: ShownTrace): string[] {
  const labelled = (label: string, value: string | null) =>
    value === null || value === '' ? [] : [`${INDENT}${label.padEnd(10)}${value}`]
  const pointer = differsAt === null ? [] : [`${INDENT}${' '.repeat(10 + differsAt)}^ differs from here`]
  return [...labelled('expected', expected), ...labelled('got', got), ...pointer]
}
