import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import { type CredentialId, newId, type UserId } from '../../domain/ids.ts'

/** A factor without a secret of its own is the person's from now on. Out: what it is kept as; null where they have it already. */
export async function keepFactor(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  userId: UserId,
  type: SecondFactor,
): Promise<CredentialId | null> {
  const id = newId('crd', { now: clock.now, randomBytes })
  return (await repositories.credentials.addOnce(tx, { id, userId, type, secret: '', now: clock.now() })) ? id : null
}
