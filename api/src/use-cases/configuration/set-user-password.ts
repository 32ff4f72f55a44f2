import type { Deps } from '../../deps.ts'
import { setPassword } from '../password/set-up-password.ts'
import { findByLoginName, type Who } from '../users/find-by-login-name.ts'

export type PasswordSetting = 'done' | 'nobody' | 'several'

/** An operator's word: it ends the sessions and grants of that person, as any new password does. @throws Unavailable */
export async function setUserPassword(deps: Deps, who: Who, newPassword: string): Promise<PasswordSetting> {
  const hash = await deps.passwords.hash(newPassword)
  return deps.db.transaction(async (tx) => {
    const owner = await findByLoginName(deps, tx, who)
    if (typeof owner === 'string') return owner
    await setPassword(deps, tx, owner, hash)
    return 'done'
  })
}
