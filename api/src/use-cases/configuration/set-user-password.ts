import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import type { Deps } from '../../deps.ts'
import { checkNewPassword } from '../password/check-new-password.ts'
import { rulesFor } from '../password/rules-for.ts'
import { setPassword } from '../password/set-password.ts'
import { findByLoginName, type Who } from '../users/find-by-login-name.ts'

type Wanted = { newPassword: string; mustChange?: boolean }

export type PasswordSetting = 'done' | 'nobody' | 'several' | { broken: FieldProblem[]; rules: PasswordRules }

/** An operator's word: it ends the sessions and grants of that person, as any new password does. @throws Unavailable */
export async function setUserPassword(
  deps: Deps,
  who: Who,
  { newPassword, mustChange = false }: Wanted,
): Promise<PasswordSetting> {
  const owner = await deps.db.transaction((tx) => findByLoginName(deps, tx, who))
  if (typeof owner === 'string') return owner
  const broken = await checkNewPassword(deps, { userId: owner.id }, newPassword)
  if (broken.length > 0) return { broken, rules: (await rulesFor(deps, { userId: owner.id })).rules }
  const hash = await deps.passwords.hash(newPassword)
  await deps.db.transaction((tx) => setPassword(deps, tx, owner, hash, { mustChange }))
  return 'done'
}
