import { describeBroken } from '../use-cases/configuration/password-faults.ts'
import { setUserPassword } from '../use-cases/configuration/set-user-password.ts'
import type { Who } from '../use-cases/users/find-by-login-name.ts'
import { notOne } from './not-one.ts'
import { readPassword } from './read-password.ts'
import { type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

/** Sets somebody's password. It never is an argument: those stand in process lists and in the history of shells. */
export async function setPassword(terminal: Terminal, who: Who, mustChange: boolean): Promise<ExitCode> {
  const newPassword = await readPassword(terminal)
  const result = await withDeps(terminal, (deps) => setUserPassword(deps, who, { newPassword, mustChange }))
  if (result === 'nobody' || result === 'several') throw notOne(result, who)
  if (result !== 'done') throw new Refused(`the password ${describeBroken(result.broken, result.rules)}.`)
  say(terminal.stdout, `The password of ${who.loginName} is set. All sessions and grants before it are ended.`)
  return 0
}
