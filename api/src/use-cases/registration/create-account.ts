import type { Deps, Executor } from '../../deps.ts'
import type { RegistrationForm } from '../../domain/ceremony.ts'
import { newId, type UserId } from '../../domain/ids.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { NOBODY_YET } from '../login/small-steps.ts'
import { recordEvent } from '../record-event.ts'
import type { PendingRegistration } from './load-registration.ts'

/** Somebody else's transaction was quicker with one of the names: nothing of this one stays. */
export class NameTaken extends Error {}

/**
 * The account with everything that belongs to it, and a session of it in this browser: the password was chosen for this very request, and
 * the address is proven. Whoever asked is not asked again.
 * @throws NameTaken, Problem request_not_found
 */
export async function createAccount(
  deps: Deps,
  tx: Executor,
  { login, place }: PendingRegistration,
  form: RegistrationForm,
  { deviceToken, keepsPasskeys }: LoginHandle & { keepsPasskeys: boolean },
): Promise<LoginOutcome> {
  const { clock, randomBytes, repositories } = deps
  const source = { now: clock.now, randomBytes }
  const now = clock.now()
  const cookie = await renewCookie(deps, tx, login.device, deviceToken)

  const userId = await createUser(deps, tx, form)
  const sessionId = newId('ses', source)
  await repositories.sessions.create(tx, {
    id: sessionId,
    deviceId: login.device.id,
    userId,
    loginName: form.email,
    checks: [{ factor: 'password', at: now }],
    now,
    expiresAt: now + place.loginPolicy.sessionAbsoluteLifetime * 1000,
  })
  await recordEvent(deps, tx, {
    type: 'user.registered',
    organizationId: form.organizationId,
    actor: userId,
    target: userId,
    data: { session: sessionId },
  })
  const change = { ...NOBODY_YET, sessionId, passkeyOfferTo: keepsPasskeys ? userId : null }
  const outcome = await advance(deps, tx, login, change, cookie.token)
  return { ...outcome, cookie }
}

async function createUser(deps: Deps, tx: Executor, form: RegistrationForm): Promise<UserId> {
  const { clock, randomBytes, repositories } = deps
  const source = { now: clock.now, randomBytes }
  const now = clock.now()
  const { organizationId, email, username, phone, profile, passwordHash, accepted, language } = form
  const id = newId('usr', source)
  const isCreated = await repositories.users.create(tx, {
    id,
    organizationId,
    kind: 'human',
    subject: id,
    displayName: `${profile.givenName} ${profile.familyName}`,
    profile: { ...profile, locale: language },
    now,
    identifiers: [
      ...(username === null ? [] : [{ kind: 'username' as const, value: username, verifiedAt: null }]),
      { kind: 'email', value: email, verifiedAt: now },
    ],
  })
  if (!isCreated || passwordHash === null) throw new NameTaken()
  // a number that somebody else gave is left out without a word: whose it is comes out when it is confirmed
  if (phone !== null)
    await repositories.users.addIdentifier(tx, id, organizationId, { kind: 'phone', value: phone, verifiedAt: null })
  await repositories.users.setPassword(tx, { id: newId('crd', source), userId: id, hash: passwordHash, now })
  for (const { document, version, link } of accepted)
    await repositories.acceptances.create(tx, { userId: id, document, version, link, language, acceptedAt: now })
  return id
}
