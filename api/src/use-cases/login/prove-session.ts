import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Deps, Executor } from '../../deps.ts'
import { newId, type SessionId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { type Check, isLive, withCheck } from '../../domain/session.ts'
import type { PendingLogin } from './load-login.ts'

/** Who proved themselves, by what. `loginName`: what pickers show of them. */
type Proof = { userId: UserId; loginName: string; policy: LoginPolicy; check: Check }

/**
 * The account's live session in this browser with the new check in it, or a new one in the place of others. A session that ended stays
 * ended. Behind `renewCookie`: of those who prove themselves in one browser at once one gets here, so that what it knew of its accounts
 * still holds.
 * @throws Problem wrong_step when somebody else changed the session meanwhile
 */
export async function proveSession(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  { accounts, device }: Pick<PendingLogin, 'accounts' | 'device'>,
  { userId, loginName, policy, check }: Proof,
): Promise<SessionId> {
  const now = clock.now()
  const known = accounts.find(({ user }) => user.id === userId)
  if (known && isLive(known.session, known.policy, now)) {
    const { id, version, checks } = known.session
    if (!(await repositories.sessions.addCheck(tx, { id, version, checks: withCheck(checks, check), now })))
      throw new Problem('wrong_step')
    return id
  }
  const id = newId('ses', { now: clock.now, randomBytes })
  const expiresAt = now + policy.sessionAbsoluteLifetime * 1000
  await repositories.sessions.create(tx, {
    id,
    deviceId: device.id,
    userId,
    loginName,
    checks: [check],
    now,
    expiresAt,
  })
  if (known) await repositories.sessions.replaceOthers(tx, { id, deviceId: device.id, userId, now })
  return id
}
