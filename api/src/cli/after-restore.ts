import { afterRestore } from '../use-cases/after-restore.ts'
import { type ExitCode, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

/** Ends what a restored copy of the database believes to be alive. */
export async function endWhatWasRestored(terminal: Terminal): Promise<ExitCode> {
  const { sessions, grants } = await withDeps(terminal, afterRestore)
  say(terminal.stdout, `Ended: ${sessions} sessions, ${grants} grants to applications, and whatever was under way.`)
  return 0
}
