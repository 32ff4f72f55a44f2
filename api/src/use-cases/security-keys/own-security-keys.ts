import type { ChangedFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { CreationOptions, Deps, RegistrationResponse } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { added, mustBeAvailable } from '../factors/change-own-factors.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { type ChallengePlace, spendChallenge } from '../passkeys/challenges.ts'
import { keepCredential } from '../passkeys/keep-credential.ts'
import { askForNewKey, mustHaveRoomForKey, questionFor } from './ask-for-new-key.ts'

const placeOf = ({ login, device }: AccountActor): ChallengePlace => ({
  purpose: 'add_security_key',
  flow: login.sessionId,
  userId: login.userId,
  deviceId: device.id,
})

/**
 * What to ask the browser for a new security key of whoever is signed in.
 * @throws Problem unauthenticated, account_changed, reauth_required; forbidden where the organization lets none count; too_many
 */
export async function beginOwnKey(deps: Deps, handle: AccountHandle): Promise<CreationOptions> {
  const question = await deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    mustBeAvailable(actor, 'security_key')
    return askForNewKey(deps, tx, actor.account, placeOf(actor))
  })
  return questionFor(deps, question)
}

/**
 * The key that came of it: verified outside any transaction, once its challenge is spent.
 * @throws Problem unauthenticated, account_changed, challenge_over, security_key_refused, forbidden, too_many
 */
export async function addOwnKey(
  deps: Deps,
  handle: AccountHandle,
  response: RegistrationResponse,
): Promise<ChangedFactors> {
  const { challenge, userId } = await deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    return { userId: actor.login.userId, challenge: await spendChallenge(deps, tx, placeOf(actor), response) }
  })
  const made = await deps.webauthn.verifyRegistration(response, { challenge, requireUserVerification: false })
  if (!made) throw new Problem('security_key_refused')
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    // the challenge was for whoever was signed in then
    if (actor.login.userId !== userId) throw new Problem('account_changed')
    mustBeAvailable(actor, 'security_key')
    await mustHaveRoomForKey(deps, tx, userId)
    const credential = await keepCredential(deps, tx, userId, 'security_key', made)
    return added(deps, tx, handle, actor, { factor: 'security_key', credential })
  })
}
