import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownUser } from '../../deps.ts'
import { newId, type OrganizationId, type SessionId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { isLive, withCheck } from '../../domain/session.ts'
import { forgiveAttempts, PASSWORD_LIMITS, takeAttempt } from '../limits.ts'
import { recordEvent } from '../record-event.ts'
import { advance, type LoginOutcome } from './advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from './load-login.ts'

type Input = { password: string; staySignedIn: boolean; address: string }
type Stored = Pick<KnownUser, 'password'> & { userId: UserId | null; organizationId: Owner; bucket: string }
type Owner = OrganizationId | 'instance'

/**
 * The password check. Attempts are counted and the step is asked for before the hash is compared, outside any transaction; then
 * everything is read anew, because the world may have changed meanwhile.
 * @throws Problem invalid_credentials, too_many_attempts, wrong_step; Unavailable
 */
export async function checkPassword(deps: Deps, handle: LoginHandle, input: Input): Promise<LoginOutcome> {
  const stored = await deps.db.transaction((tx) => countAttempt(deps, tx, handle, input.address))
  const matches = await deps.passwords.verify(stored.password?.hash ?? null, input.password)
  const outcome = await deps.db.transaction((tx) =>
    matches ? addCheck(deps, tx, handle, stored, input) : noteRefusal(deps, tx, stored),
  )
  if (!outcome) throw new Problem('invalid_credentials')
  await keepHashCurrent(deps, stored, input.password)
  return outcome
}

async function countAttempt(deps: Deps, tx: Executor, handle: LoginHandle, address: string): Promise<Stored> {
  const login = await loadLogin(deps, handle, tx)
  mustPermit(login, 'check_password')
  const { loginName, user } = login.subject!
  // every name of one person shares one bucket, and a name nobody has gets one too
  const bucket = user?.id ?? loginName.toLowerCase()
  await takeAttempt(deps, tx, PASSWORD_LIMITS.address, address)
  await takeAttempt(deps, tx, PASSWORD_LIMITS.name, bucket)
  await takeAttempt(deps, tx, PASSWORD_LIMITS.nameAndAddress, `${bucket} ${address}`)
  const { password } = await personOf(deps, tx, login)
  return { userId: user?.id ?? null, organizationId: user?.organizationId ?? 'instance', password, bucket }
}

/** Whom the password is asked of, with it. Somebody who may not finish has none here. */
async function personOf(
  deps: Deps,
  tx: Executor,
  { subject, typedUser }: PendingLogin,
): Promise<Pick<KnownUser, 'password'>> {
  const id = subject?.user?.id ?? null
  if (typedUser && typedUser.user.id === id) return typedUser
  // an account that was picked, not typed
  return (id && (await deps.repositories.users.findFacts(id, tx))) || { password: null }
}

async function noteRefusal(deps: Deps, tx: Executor, { userId, organizationId }: Stored): Promise<null> {
  await recordEvent(deps, tx, { type: 'user.password_refused', organizationId, target: userId })
  return null
}

async function addCheck(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
  stored: Stored,
  input: Input,
): Promise<LoginOutcome | null> {
  const login = await loadLogin(deps, handle, tx)
  mustPermit(login, 'check_password')
  // the proof is for whom it was asked of, and for the password that was compared
  const user = login.subject?.user
  const { password } = await personOf(deps, tx, login)
  if (!user || user.id !== stored.userId || !password || password.hash !== stored.password?.hash) return null

  const now = deps.clock.now()
  // rights change, so the cookie does (session fixation)
  const token = newToken('device', deps.randomBytes)
  const persistent = login.device.persistent || input.staySignedIn
  const usedTokenHash = tokenHash(handle.deviceToken ?? '')
  const cookie = { id: login.device.id, usedTokenHash, tokenHash: tokenHash(token), persistent, now }
  if (!(await deps.repositories.devices.rotate(tx, cookie))) throw new Problem('request_not_found')
  if (!(await deps.repositories.users.markUsed(tx, password, now))) throw new Problem('invalid_credentials')
  const sessionId = await proveSession(deps, tx, login, user.id)
  await forgiveAttempts(deps, tx, PASSWORD_LIMITS.nameAndAddress, `${stored.bucket} ${input.address}`)
  await recordEvent(deps, tx, {
    type: 'user.signed_in',
    organizationId: user.organizationId,
    actor: user.id,
    target: sessionId,
    data: { factor: 'password' },
  })
  const outcome = await advance(deps, tx, login, { sessionId, loginName: null, userId: null }, token)
  return { ...outcome, cookie: { token, persistent } }
}

/** The account's live session with the new check in it, or a new one. A session that ended stays ended. */
async function proveSession(
  deps: Deps,
  tx: Executor,
  { subject, device }: PendingLogin,
  userId: UserId,
): Promise<SessionId> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  const check = { factor: 'password', at: now } as const
  const { account, loginName, policy } = subject!
  if (account && isLive(account.session, account.policy, now)) {
    const { id, version, checks } = account.session
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
  return id
}

/** A hash made at another cost is made anew while the password is at hand. */
async function keepHashCurrent(deps: Deps, { password }: Stored, typed: string): Promise<void> {
  if (!password || !deps.passwords.isOutdated(password.hash)) return
  const hash = await deps.passwords.hash(typed)
  await deps.db.transaction((tx) => deps.repositories.users.rehash(tx, password.id, password.hash, hash))
}
