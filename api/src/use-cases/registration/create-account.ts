import type { Deps, Executor } from '../../deps.ts'
import type { Newcomer, RegistrationForm } from '../../domain/ceremony.ts'
import { newId, type OrganizationId, type UserId } from '../../domain/ids.ts'
import type { Check } from '../../domain/session.ts'
import type { NewWebauthnCredential } from '../../domain/webauthn.ts'
import { knowBrowser } from '../known-browsers/know-browser.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { NOBODY_YET } from '../login/small-steps.ts'
import { keepPasskey } from '../passkeys/keep-passkey.ts'
import { recordEvent } from '../record-event.ts'
import type { PendingRegistration } from './load-registration.ts'

/** What opens the new account: a password that was chosen, or a passkey that was made for whom it will be. */
export type Opener =
  | { factor: 'password'; hash: string }
  | { factor: 'passkey'; made: NewWebauthnCredential; newcomer: Newcomer }
type Owner = { id: UserId; organizationId: OrganizationId }

/** Somebody else's transaction was quicker with one of the names: nothing of this one stays. */
export class NameTaken extends Error {}

/**
 * The account with everything that belongs to it, and a session of it in this browser: the password was chosen, or the passkey made, for
 * this very request, and the address is proven. Whoever asked is not asked again.
 * @throws NameTaken, Problem request_not_found
 */
export async function createAccount(
  deps: Deps,
  tx: Executor,
  { login, place }: PendingRegistration,
  form: RegistrationForm,
  opener: Opener,
  { deviceToken, keepsPasskeys }: LoginHandle & { keepsPasskeys: boolean },
): Promise<LoginOutcome> {
  const { clock, randomBytes, repositories } = deps
  const source = { now: clock.now, randomBytes }
  const now = clock.now()
  const cookie = await renewCookie(deps, tx, login.device, deviceToken)

  const userId = opener.factor === 'passkey' ? opener.newcomer.id : newId('usr', source)
  await createUser(deps, tx, userId, form)
  const check = await createOpener(deps, tx, { id: userId, organizationId: form.organizationId }, opener)
  const sessionId = newId('ses', source)
  await repositories.sessions.create(tx, {
    id: sessionId,
    deviceId: login.device.id,
    userId,
    loginName: form.email,
    checks: [check],
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
  const known = await knowBrowser(deps, tx, { deviceId: login.device.id, userId })
  const change = { ...NOBODY_YET, sessionId, passkeyOfferTo: keepsPasskeys ? userId : null }
  const outcome = await advance(deps, tx, login, change, cookie.token)
  return { ...outcome, cookie, known }
}

async function createUser(deps: Deps, tx: Executor, id: UserId, form: RegistrationForm): Promise<void> {
  const { clock, repositories } = deps
  const now = clock.now()
  const { organizationId, email, username, phone, profile, accepted, language } = form
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
  if (!isCreated) throw new NameTaken()
  // a number that somebody else gave is left out without a word: whose it is comes out when it is confirmed
  if (phone !== null)
    await repositories.users.addIdentifier(tx, id, organizationId, { kind: 'phone', value: phone, verifiedAt: null })
  for (const { document, version, link } of accepted)
    await repositories.acceptances.create(tx, { userId: id, document, version, link, language, acceptedAt: now })
}

/** What opens it, with the check that it is: whoever chose it a moment ago is there. */
async function createOpener(deps: Deps, tx: Executor, user: Owner, opener: Opener): Promise<Check> {
  const { clock, randomBytes, repositories } = deps
  const at = clock.now()
  if (opener.factor === 'password') {
    const id = newId('crd', { now: clock.now, randomBytes })
    await repositories.users.setPassword(tx, { id, userId: user.id, hash: opener.hash, now: at })
    return { factor: 'password', at }
  }
  await repositories.webauthnCredentials.handleOf(tx, user.id, opener.newcomer.handle)
  const credential = await keepPasskey(deps, tx, user, opener.made)
  return { factor: 'passkey', at, userVerified: true, credential }
}
