import type { Who } from '../use-cases/users/find-by-login-name.ts'
import { unlockByName } from '../use-cases/users/unlock-user.ts'
import { notOne } from './not-one.ts'
import { type ExitCode, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

/** Opens somebody's account again after a lock, whoever or whatever began it. */
export async function unlock(terminal: Terminal, who: Who): Promise<ExitCode> {
  const result = await withDeps(terminal, (deps) => unlockByName(deps, who))
  if (result === 'nobody' || result === 'several') throw notOne(result, who)
  say(terminal.stdout, result === 'unlocked' ? `${who.loginName} is unlocked.` : `${who.loginName} was not locked.`)
  return 0
}
