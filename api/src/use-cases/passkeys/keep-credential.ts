import type { Deps, Executor } from '../../deps.ts'
import { type CredentialId, newId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import type { NewWebauthnCredential, WebauthnType } from '../../domain/webauthn.ts'

const REFUSALS = { passkey: 'passkey_refused', security_key: 'security_key_refused' } as const

/** What an authenticator made is the person's from now on. @throws Problem passkey_refused, security_key_refused when somebody has it already */
export async function keepCredential(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  userId: UserId,
  type: WebauthnType,
  made: NewWebauthnCredential,
): Promise<CredentialId> {
  const id = newId('crd', { now: clock.now, randomBytes })
  const row = { ...made, id, userId, type, label: null, createdAt: clock.now(), lastUsedAt: null }
  if (!(await repositories.webauthnCredentials.create(tx, row))) throw new Problem(REFUSALS[type])
  return id
}
