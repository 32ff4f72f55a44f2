import { readPublicKey } from '../../crypto/public-key.ts'
import type { Deps, Executor } from '../../deps.ts'
import { newId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { recordEvent } from '../record-event.ts'
import type { ServiceUser } from './service-user.ts'

/** So many that keys can be changed one at a time in several places, and no more. */
const MOST_KEYS = 20

/** What a service user's program is given: the form that libraries for ZITADEL read. */
export type KeyFile = { type: 'serviceaccount'; keyId: string; key: string; userId: string }

export type NewKey = { publicJwk: object; id?: string; expiresAt: number | null }

/**
 * A public key that proves from now on that it is this service user who asks. Out: its name.
 * @throws Problem invalid_input for a key that is no such key, changed_meanwhile for one too many, or one that somebody has
 */
export async function addKey(
  deps: Deps,
  tx: Executor,
  { id: userId, organizationId }: Pick<ServiceUser, 'id' | 'organizationId'>,
  { publicJwk, id = newId('key', { now: deps.clock.now, randomBytes: deps.randomBytes }), expiresAt }: NewKey,
  actor: string | null = null,
): Promise<string> {
  const key = readPublicKey(publicJwk)
  if (typeof key === 'string') throw new Problem('invalid_input', { fields: { publicKey: ['invalid'] } })
  const { machineKeys } = deps.repositories
  if ((await machineKeys.countOfUser(tx, userId)) >= MOST_KEYS) throw new Problem('too_many')
  const row = { userId, id, publicJwk, thumbprint: key.thumbprint, createdAt: deps.clock.now(), expiresAt }
  if (!(await machineKeys.create(tx, row))) throw new Problem('invalid_input', { fields: { publicKey: ['taken'] } })
  await recordEvent(deps, tx, {
    type: 'service_user.key_added',
    organizationId,
    actor,
    target: userId,
    data: { key: id },
  })
  return id
}

/** A new pair; the private half is in the file and nowhere else. Made before the transaction: it takes a while. */
export const keyFileOf = (id: string, privateKey: string, { subject }: ServiceUser): KeyFile => ({
  type: 'serviceaccount',
  keyId: id,
  key: privateKey,
  userId: subject,
})

/** Deletes a key, with everything that was had by it. */
export async function removeKey(
  deps: Deps,
  tx: Executor,
  { id: userId, organizationId }: ServiceUser,
  key: string,
  actor: string | null = null,
): Promise<boolean> {
  if (!(await deps.repositories.machineKeys.remove(tx, userId, key))) return false
  await deps.repositories.grants.revokeOfCredential(tx, userId, key, deps.clock.now())
  await recordEvent(deps, tx, {
    type: 'service_user.key_removed',
    organizationId,
    actor,
    target: userId,
    data: { key },
  })
  return true
}
