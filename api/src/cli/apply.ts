import { readFileSync } from 'node:fs'
import { type Applied, applyConfiguration } from '../use-cases/configuration/apply-configuration.ts'
import { readConfiguration } from '../use-cases/configuration/read-configuration.ts'
import { type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

/** Makes the instance what the file says, and prints how it differed. The file is checked before a database is opened. */
export async function apply(terminal: Terminal, file: string, isDryRun: boolean): Promise<ExitCode> {
  const configuration = readConfiguration(textOf(file))
  const { diff, secrets } = await withDeps(terminal, (deps) => applyConfiguration(deps, configuration, isDryRun))
  say(terminal.stdout, ...diff, summary(diff, isDryRun))
  for (const { clientId, secret } of secrets)
    say(terminal.stdout, '', `The secret of ${clientId}. It is shown here once and stored nowhere:`, `  ${secret}`)
  return 0
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refused(`${file} can not be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
}

function summary({ length }: Applied['diff'], isDryRun: boolean): string {
  if (length === 0) return 'No change.'
  const changes = length === 1 ? '1 change' : `${length} changes`
  return isDryRun ? `${changes} to make. This was a dry run: nothing was changed.` : `${changes} made.`
}
