import type { OwnPasskeys } from '@vestibule/shared/contract/own-passkeys.ts'
import type { CreationOptions, Deps, RegistrationResponse } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from './challenges.ts'
import { keepPasskey, mustHaveRoom } from './keep-passkey.ts'
import { passkeysOf } from './own-passkeys.ts'

const placeOf = ({ login, device }: AccountActor): ChallengePlace => ({
  purpose: 'add_passkey',
  flow: login.sessionId,
  userId: login.userId,
  deviceId: device.id,
})

/**
 * What to ask the browser for a new passkey of whoever is signed in.
 * @throws Problem unauthenticated, account_changed, reauth_required; forbidden where the organization wants no passkeys; too_many
 */
export async function beginPasskey(deps: Deps, handle: AccountHandle): Promise<CreationOptions> {
  const { actor, challenge, userHandle, known } = await deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const { user } = actor.account
    const made = deps.randomBytes(32).toString('base64url')
    return {
      actor,
      known: await mustHaveRoom(deps, tx, actor.account),
      userHandle: await deps.repositories.webauthnCredentials.handleOf(tx, user.id, made),
      challenge: await createChallenge(deps, tx, placeOf(actor)),
    }
  })
  const { loginName, displayName, organizationName } = actor.account
  const person = { handle: userHandle, name: loginName, displayName }
  return deps.webauthn.creationOptions('passkey', organizationName, person, { challenge, known })
}

/**
 * The passkey that came of it: verified outside any transaction, once its challenge is spent.
 * @throws Problem unauthenticated, account_changed, challenge_over, passkey_refused, forbidden, too_many
 */
export async function addPasskey(
  deps: Deps,
  handle: AccountHandle,
  response: RegistrationResponse,
): Promise<OwnPasskeys> {
  const { challenge, userId } = await deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    return { userId: actor.login.userId, challenge: await spendChallenge(deps, tx, placeOf(actor), response) }
  })
  const made = await deps.webauthn.verifyRegistration(response, { challenge, requireUserVerification: true })
  if (!made) throw new Problem('passkey_refused')
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    // the challenge was for whoever was signed in then
    if (actor.login.userId !== userId) throw new Problem('account_changed')
    await mustHaveRoom(deps, tx, actor.account)
    await keepPasskey(deps, tx, actor.account.user, made)
    return passkeysOf(deps, actor, tx)
  })
}
