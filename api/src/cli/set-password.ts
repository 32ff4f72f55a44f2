import { newPasswordSchema, PASSWORD_LEAST, PASSWORD_MOST } from '@vestibule/shared/password-rules.ts'
import { setUserPassword } from '../use-cases/configuration/set-user-password.ts'
import type { Who } from '../use-cases/users/find-by-login-name.ts'
import { notOne } from './not-one.ts'
import { readPassword } from './read-password.ts'
import { type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

/** Sets somebody's password. It never is an argument: those stand in process lists and in the history of shells. */
export async function setPassword(terminal: Terminal, who: Who): Promise<ExitCode> {
  const password = await readPassword(terminal)
  if (!newPasswordSchema.safeParse(password).success)
    throw new Refused(`a password has ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters.`)
  const result = await withDeps(terminal, (deps) => setUserPassword(deps, who, password))
  if (result !== 'done') throw notOne(result, who)
  say(terminal.stdout, `The password of ${who.loginName} is set. All sessions and grants before it are ended.`)
  return 0
}
