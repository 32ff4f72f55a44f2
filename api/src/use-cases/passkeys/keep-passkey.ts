import type { Deps, Executor, OwnedCredential } from '../../deps.ts'
import type { CredentialId } from '../../domain/ids.ts'
import type { AccountFacts, UserFacts } from '../../domain/login/facts.ts'
import { Problem } from '../../domain/problem.ts'
import { MOST_CREDENTIALS, type NewWebauthnCredential } from '../../domain/webauthn.ts'
import { noteFactor } from '../factors/note-factor.ts'
import { keepCredential } from './keep-credential.ts'

/**
 * What somebody holds already, where there may be one more.
 * @throws Problem forbidden where the organization wants no passkeys; too_many
 */
export async function mustHaveRoom(
  deps: Deps,
  tx: Executor,
  { user, policy }: Pick<AccountFacts, 'user' | 'policy'>,
): Promise<OwnedCredential[]> {
  if (!policy.allowPasskey) throw new Problem('forbidden')
  const known = await deps.repositories.webauthnCredentials.listOfUser(user.id, tx)
  if (known.filter(({ type }) => type === 'passkey').length >= MOST_CREDENTIALS) throw new Problem('too_many')
  return known
}

/** From now on it opens this account, and its owner is told. @throws Problem passkey_refused when somebody has it already */
export async function keepPasskey(
  deps: Deps,
  tx: Executor,
  user: Pick<UserFacts, 'id' | 'organizationId'>,
  made: NewWebauthnCredential,
  how: { way?: 'upgrade' | 'link' } = {},
): Promise<CredentialId> {
  const id = await keepCredential(deps, tx, user.id, 'passkey', made)
  await noteFactor(deps, tx, user, { happened: 'added', factor: 'passkey', credential: id, ...how })
  return id
}
