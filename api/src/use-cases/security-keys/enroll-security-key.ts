import type { CreationOptions, Deps, Executor, KnownAccount, RegistrationResponse } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { addFactorInLogin, mustEnroll } from '../factors/enroll-in-login.ts'
import type { LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { type ChallengePlace, spendChallenge } from '../passkeys/challenges.ts'
import { keepCredential } from '../passkeys/keep-credential.ts'
import { askForNewKey, questionFor } from './ask-for-new-key.ts'

/** Where a key is set up on the way in. @throws Problem wrong_step */
async function mustEnrollKey(deps: Deps, tx: Executor, handle: LoginHandle) {
  const { login, user } = await mustEnroll(deps, tx, handle, 'security_key')
  const place: ChallengePlace = {
    purpose: 'enroll_security_key',
    flow: login.request.id,
    deviceId: login.device.id,
    userId: user.id,
  }
  return { login, user, place, account: login.subject!.account as KnownAccount }
}

/** What to ask the browser for a new security key. @throws Problem wrong_step, too_many */
export async function beginKeyInLogin(deps: Deps, handle: LoginHandle): Promise<CreationOptions> {
  const question = await deps.db.transaction(async (tx) => {
    const { account, place } = await mustEnrollKey(deps, tx, handle)
    return askForNewKey(deps, tx, account, place)
  })
  return questionFor(deps, question)
}

/**
 * The key that came of it: it is set up, and counts as the second proof of this login. Its challenge is spent before anything is verified.
 * @throws Problem challenge_over, security_key_refused, wrong_step
 */
export async function enrollKeyInLogin(
  deps: Deps,
  handle: LoginHandle,
  response: RegistrationResponse,
): Promise<LoginOutcome> {
  const { challenge, userId } = await deps.db.transaction(async (tx) => {
    const { place, user } = await mustEnrollKey(deps, tx, handle)
    return { userId: user.id, challenge: await spendChallenge(deps, tx, place, response) }
  })
  const made = await deps.webauthn.verifyRegistration(response, { challenge, requireUserVerification: false })
  if (!made) throw new Problem('security_key_refused')
  return deps.db.transaction(async (tx) => {
    const { login, user } = await mustEnrollKey(deps, tx, handle)
    // the challenge was for whoever the login was about then
    if (user.id !== userId) throw new Problem('wrong_step')
    const credential = await keepCredential(deps, tx, userId, 'security_key', made)
    return addFactorInLogin(deps, tx, handle, login, user, { factor: 'security_key', credential })
  })
}
