import type { CreationOptions, Deps, Executor, KnownAccount, OwnedCredential } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { MOST_CREDENTIALS } from '../../domain/webauthn.ts'
import { type ChallengePlace, createChallenge } from '../passkeys/challenges.ts'

type Question = Parameters<Deps['webauthn']['creationOptions']>

/** What somebody holds already, where there may be one more. @throws Problem too_many */
export async function mustHaveRoomForKey(deps: Deps, tx: Executor, userId: UserId): Promise<OwnedCredential[]> {
  const known = await deps.repositories.webauthnCredentials.listOfUser(userId, tx)
  if (known.filter(({ type }) => type === 'security_key').length >= MOST_CREDENTIALS) throw new Problem('too_many')
  return known
}

/** A challenge for a new security key of this person, and what else is asked. @throws Problem too_many */
export async function askForNewKey(
  deps: Deps,
  tx: Executor,
  { user, loginName, displayName, organizationName }: KnownAccount,
  place: ChallengePlace,
): Promise<Question> {
  const { webauthnCredentials } = deps.repositories
  const known = await mustHaveRoomForKey(deps, tx, user.id)
  const handle = await webauthnCredentials.handleOf(tx, user.id, deps.randomBytes(32).toString('base64url'))
  const challenge = await createChallenge(deps, tx, place)
  // a key that holds a passkey of this account is a second factor already
  return ['security_key', organizationName, { handle, name: loginName, displayName }, { challenge, known }]
}

/** The same for the browser. Outside any transaction. */
export const questionFor = ({ webauthn }: Deps, question: Question): Promise<CreationOptions> =>
  webauthn.creationOptions(...question)
