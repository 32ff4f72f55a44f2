import type { CreationOptions, Deps, Executor, KnownAccount, RegistrationResponse } from '../../deps.ts'
import type { LoginAction } from '../../domain/login/permitted-actions.ts'
import { Problem } from '../../domain/problem.ts'
import { withCheck } from '../../domain/session.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from './challenges.ts'
import { keepPasskey, mustHaveRoom } from './keep-passkey.ts'

type Offer = { login: PendingLogin; account: KnownAccount; place: ChallengePlace }

/** Whom the login offers a passkey to. @throws Problem wrong_step and those of `loadLogin` */
async function mustBeOffered(deps: Deps, tx: Executor, handle: LoginHandle, action: LoginAction): Promise<Offer> {
  const login = await loadLogin(deps, handle, tx)
  mustPermit(login, action)
  const account = login.accounts.find(({ user }) => user.id === login.subject?.user?.id)
  if (!account) throw new Problem('wrong_step', { step: login.step.kind })
  const place = { flow: login.request.id, userId: account.user.id, deviceId: login.device.id }
  return { login, account, place: { purpose: 'offered_passkey', ...place } }
}

/** What to ask the browser. @throws Problem wrong_step, forbidden, too_many */
export async function beginOfferedPasskey(deps: Deps, handle: LoginHandle): Promise<CreationOptions> {
  const { account, challenge, userHandle, known } = await deps.db.transaction(async (tx) => {
    const { account, place } = await mustBeOffered(deps, tx, handle, 'make_passkey')
    const made = deps.randomBytes(32).toString('base64url')
    return {
      account,
      known: await mustHaveRoom(deps, tx, account),
      userHandle: await deps.repositories.webauthnCredentials.handleOf(tx, account.user.id, made),
      challenge: await createChallenge(deps, tx, place),
    }
  })
  const { loginName, displayName, organizationName } = account
  const person = { handle: userHandle, name: loginName, displayName }
  return deps.webauthn.creationOptions('passkey', organizationName, person, { challenge, known })
}

/**
 * The passkey that came of it. Its user was verified when it was made, a moment ago and under this very request: it counts as a check, like every
 * factor that is set up on the way in. The challenge is spent first, then everything is verified outside any transaction, and last read anew.
 * @throws Problem wrong_step, challenge_over, passkey_refused, forbidden, too_many
 */
export async function makeOfferedPasskey(
  deps: Deps,
  handle: LoginHandle,
  response: RegistrationResponse,
): Promise<LoginOutcome> {
  const { challenge, userId } = await deps.db.transaction(async (tx) => {
    const { place } = await mustBeOffered(deps, tx, handle, 'make_passkey')
    return { userId: place.userId, challenge: await spendChallenge(deps, tx, place, response) }
  })
  const made = await deps.webauthn.verifyRegistration(response, { challenge, requireUserVerification: true })
  if (!made) throw new Problem('passkey_refused')
  return deps.db.transaction(async (tx) => {
    const { login, account } = await mustBeOffered(deps, tx, handle, 'make_passkey')
    // the challenge was for whom it was offered to then
    if (account.user.id !== userId) throw new Problem('wrong_step', { step: login.step.kind })
    await mustHaveRoom(deps, tx, account)
    const credential = await keepPasskey(deps, tx, account.user, made)
    const cookie = await renewCookie(deps, tx, login.device, handle.deviceToken)
    const now = deps.clock.now()
    const { id, version, checks } = account.session
    const check = { factor: 'passkey', at: now, userVerified: true, credential } as const
    if (!(await deps.repositories.sessions.addCheck(tx, { id, version, checks: withCheck(checks, check), now })))
      throw new Problem('wrong_step', { step: login.step.kind })
    return { ...(await advance(deps, tx, login, { passkeyOfferTo: null }, cookie.token)), cookie }
  })
}

/**
 * "Not now": the login goes on, and does not ask again. Who is not in the mood for one thing that makes them safer is not asked for the
 * next one in the same minute: it counts for the offer of a second factor too.
 * @throws Problem wrong_step
 */
export const declinePasskey = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const { login, account } = await mustBeOffered(deps, tx, handle, 'decline_passkey')
    await deps.repositories.credentials.skipEnrollment(tx, account.user.id, deps.clock.now())
    return advance(deps, tx, login, { passkeyOfferTo: null }, handle.deviceToken)
  })
