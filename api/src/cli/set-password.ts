import { newPasswordSchema, PASSWORD_LEAST, PASSWORD_MOST } from '@vestibule/shared/password-rules.ts'
import { setUserPassword } from '../use-cases/configuration/set-user-password.ts'
import { readPassword } from './read-password.ts'
import { type ExitCode, Refused, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

type Who = { loginName: string; organization: string | null }

/** Sets somebody's password. It never is an argument: those stand in process lists and in the history of shells. */
export async function setPassword(terminal: Terminal, who: Who): Promise<ExitCode> {
  const password = await readPassword(terminal)
  if (!newPasswordSchema.safeParse(password).success)
    throw new Refused(`a password has ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters.`)
  const result = await withDeps(terminal, (deps) => setUserPassword(deps, who, password))
  switch (result) {
    case 'done':
      say(terminal.stdout, `The password of ${who.loginName} is set. All sessions and grants before it are ended.`)
      return 0
    case 'nobody':
      throw new Refused(`nobody is called ${who.loginName}${who.organization ? ` in ${who.organization}` : ''}.`)
    case 'several':
      throw new Refused(`several people are called ${who.loginName}: say --organization DOMAIN.`)
  }
}
