import { brokenRules } from '@vestibule/shared/password-rules.ts'
import type { PasswordPolicy } from '@vestibule/shared/policies/password.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import type { Deps } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { isBreachedPassword } from './breached-passwords.ts'
import { isCommonPassword } from './common-passwords.ts'
import { type Chooser, type Demands, rulesFor } from './rules-for.ts'

/**
 * Every rule that a new password breaks; none: it may be set. Every way to set one asks here, outside any transaction, because earlier
 * passwords are compared and a service may be asked. What costs more comes after what costs less.
 * @throws Unavailable when too many hashes are waiting
 */
export async function checkNewPassword(deps: Deps, chooser: Chooser, password: string): Promise<FieldProblem[]> {
  const demands = await rulesFor(deps, chooser)
  const broken = await brokenDemands(deps, demands, password)
  if (broken.length > 0) return broken
  const isReused = chooser.userId !== null && (await isAmongThoseOf(deps, chooser.userId, demands, password))
  return isReused ? ['reused'] : []
}

/** What can be said without knowing anybody's passwords. */
export async function brokenDemands(deps: Deps, { policy, rules }: Demands, password: string): Promise<FieldProblem[]> {
  const broken = brokenRules(password, rules)
  if (broken.length > 0) return broken
  if (policy.refuseCommon && (await isCommonPassword(password))) return ['common']
  return policy.refuseBreached && (await isBreachedPassword(deps, password)) ? ['breached'] : []
}

/** The present one, or one that was taken away, never counts as new, whatever the policy says of those before it. */
async function isAmongThoseOf(
  { repositories, passwords }: Deps,
  userId: UserId,
  { policy }: Demands,
  password: string,
): Promise<boolean> {
  const present = await repositories.users.findPassword(userId)
  const before = await repositories.passwordHistory.list(userId, earlierOnes(policy, present !== null))
  for (const hash of present ? [present.hash, ...before] : before)
    if (await passwords.verify(hash, password)) return true
  return false
}

/** How many of those before it a policy looks back on: the present one is the first of them. */
export const earlierOnes = ({ history }: PasswordPolicy, isOneSet: boolean): number =>
  isOneSet ? Math.max(history - 1, 0) : Math.max(history, 1)

/** @throws Problem invalid_input with what is wrong beside `newPassword`; Unavailable */
export async function mustBeGood(deps: Deps, chooser: Chooser, newPassword: string): Promise<void> {
  const broken = await checkNewPassword(deps, chooser, newPassword)
  if (broken.length > 0) throw new Problem('invalid_input', { fields: { newPassword: broken } })
}
