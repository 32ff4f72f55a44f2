import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { isToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, OneTimeCode } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import type { UserFacts } from '../../domain/login/facts.ts'
import { Problem } from '../../domain/problem.ts'
import { faceOf } from '../face.ts'
import { NEW_PASSWORD_LIMIT, RESET_LIMITS, takeAttempt } from '../limits.ts'
import { loadLogin } from '../login/load-login.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import type { ChosenPassword } from '../password/change-password.ts'
import { mustBeGood } from '../password/check-new-password.ts'
import { rulesFor } from '../password/rules-for.ts'
import { isActive } from './place.ts'
import { replacePassword } from './set-new-password.ts'

type Visitor = { token: string; address: string }
type Found = { code: OneTimeCode; user: UserFacts }

/** What the page behind the link of a message says and does. */
export type ResetLink = {
  /** The request that waits in this very browser: it goes on there. Null anywhere else, and when it is gone. */
  request: string | null
  /** Where the message went, which is what its owner signs in with. */
  loginName: string
  rules: PasswordRules
  branding: BrandingView
}

/** Looking spends nothing: programs that read mail open links. @throws Problem code_invalid, too_many_attempts */
export async function lookAtReset(
  deps: Deps,
  { deviceToken, ...visitor }: Visitor & { deviceToken: string | null },
): Promise<ResetLink> {
  await deps.db.transaction((tx) => takeAttempt(deps, tx, RESET_LIMITS.entering, visitor.address))
  const { code, user } = await findLink(deps, visitor)
  const { rules } = await rulesFor(deps, { userId: user.id })
  const { branding } = await faceOf(deps, user.organizationId)
  return { request: await waitingHere(deps, code, deviceToken), loginName: code.address, rules, branding }
}

async function waitingHere(
  deps: Deps,
  { flow }: OneTimeCode,
  deviceToken: string | null,
): Promise<ResetLink['request']> {
  try {
    const { step } = await loadLogin(deps, { deviceToken, request: flow })
    return step.kind === 'reset_code' ? flow : null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/**
 * A new password by the link alone, in whatever browser. It signs nobody in; the request that waits elsewhere asks for the new password
 * from now on. Code and link are one thing: either ends both.
 * @throws Problem invalid_input with what is wrong beside `newPassword`, code_invalid, too_many_attempts; Unavailable
 */
export async function resetByLink(
  deps: Deps,
  { newPassword, endOtherSessions, userAgent, ...visitor }: Visitor & ChosenPassword,
): Promise<{ loginName: string }> {
  await deps.db.transaction((tx) => takeAttempt(deps, tx, NEW_PASSWORD_LIMIT, visitor.address))
  const { user: owner } = await findLink(deps, visitor)
  await mustBeGood(deps, { userId: owner.id }, newPassword)
  const hash = await deps.passwords.hash(newPassword)
  const where = await describeBrowser(userAgent)
  return deps.db.transaction(async (tx) => {
    const { code, user } = await findLink(deps, visitor, tx)
    const key = { ...keyOf(visitor), userId: user.id }
    await replacePassword(deps, tx, user, { hash, where, endOtherSessions }, () =>
      deps.repositories.oneTimeCodes.consumeByLink(tx, key, deps.clock.now()),
    )
    await endWaiting(deps, tx, code)
    return { loginName: code.address }
  })
}

const keyOf = ({ token }: Visitor) => ({ linkHash: tokenHash(token), purpose: 'reset_password' }) as const

/** The live link of somebody who may come in, where resets are wanted. @throws Problem code_invalid */
async function findLink(deps: Deps, visitor: Visitor, tx?: Executor): Promise<Found> {
  const { oneTimeCodes, users } = deps.repositories
  const isOne = isToken('one_time_link', visitor.token)
  const code = isOne ? await oneTimeCodes.findByLink(keyOf(visitor), deps.clock.now(), tx) : null
  const person = code?.userId ? await users.findFacts(code.userId, tx) : null
  const mayReset = person?.policy.allowPassword && person.policy.allowPasswordReset
  if (!code || !mayReset || !isActive(person.user)) throw new Problem('code_invalid')
  return { code, user: person.user }
}

/** The browser that waits for the code finds the password asked for, with the reason. */
async function endWaiting({ repositories }: Deps, tx: Executor, { flow }: OneTimeCode): Promise<void> {
  if (!isId('req', flow)) return
  const ceremony = await repositories.authRequests.findCeremony(flow, tx)
  if (ceremony?.kind === 'reset') await repositories.authRequests.setCeremony(tx, flow, { ...ceremony, isDone: true })
}
