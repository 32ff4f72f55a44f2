import type {
  ManagedKey,
  ManagedKeyFile,
  ManagedToken,
  NewManagedKey,
  NewManagedToken,
} from '@vestibule/shared/contract/managed-service-user-credentials.ts'
import type { Deps } from '../../../deps.ts'
import { isId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { addKey, keyFileOf, removeKey } from '../../service-users/machine-keys.ts'
import { createPersonalToken, removePersonalToken } from '../../service-users/personal-tokens.ts'
import { removeSecret, renewSecret } from '../../service-users/service-user.ts'
import type { ManagerHandle } from '../manager.ts'
import { changeService, readService, type ServicePlace } from './service-member.ts'

const isoOf = (instant: number): string => new Date(instant).toISOString()

/** @throws Problem as readService */
export const listKeys = (deps: Deps, handle: ManagerHandle, place: ServicePlace): Promise<ManagedKey[]> =>
  readService(deps, handle, place, async (tx, { id }) => {
    const keys = await deps.repositories.machineKeys.listOfUser(id, tx)
    return keys.map((key) => ({
      id: key.id,
      createdAt: isoOf(key.createdAt),
      expiresAt: key.expiresAt === null ? null : isoOf(key.expiresAt),
      lastUsedAt: key.lastUsedAt === null ? null : isoOf(key.lastUsedAt),
    }))
  })

/** The private half of a pair that is made here is in the answer and nowhere else. @throws Problem as changeService, invalid_input, too_many */
export async function createKey(
  deps: Deps,
  handle: ManagerHandle,
  place: ServicePlace,
  { publicKey, expiresAt: end }: NewManagedKey,
): Promise<ManagedKeyFile> {
  const expiresAt = end === undefined ? null : futureOf(deps, end)
  const pair = publicKey === undefined ? await deps.newMachineKey() : null
  return changeService(deps, handle, place, async (tx, { user, manager }) => {
    const id = await addKey(deps, tx, user, { publicJwk: pair?.publicJwk ?? publicKey ?? {}, expiresAt }, manager.id)
    const file = keyFileOf(id, pair?.privateKey ?? '', user)
    return { ...file, key: pair?.privateKey ?? null }
  })
}

/** @throws Problem as changeService, not_found */
export const deleteKey = (
  deps: Deps,
  handle: ManagerHandle,
  { key, ...place }: ServicePlace & { key: string },
): Promise<{ done: boolean }> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    const isName = /^[\x21-\x7e]{1,128}$/.test(key)
    if (!isName || !(await removeKey(deps, tx, user, key, manager.id))) throw new Problem('not_found')
    return { done: true }
  })

/** @throws Problem as changeService */
export const newSecret = (deps: Deps, handle: ManagerHandle, place: ServicePlace): Promise<{ secret: string }> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => ({
    secret: await renewSecret(deps, tx, user, manager.id),
  }))

/** @throws Problem as changeService */
export const takeSecretAway = (deps: Deps, handle: ManagerHandle, place: ServicePlace): Promise<{ done: boolean }> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    const done = user.application.secretHashes.length > 0
    if (done) await removeSecret(deps, tx, user, manager.id)
    return { done }
  })

/** @throws Problem as readService */
export const listTokens = (deps: Deps, handle: ManagerHandle, place: ServicePlace): Promise<ManagedToken[]> =>
  readService(deps, handle, place, async (tx, { id }) => {
    const tokens = await deps.repositories.personalTokens.listOfUser(id, tx)
    return tokens.map(({ id: token, name, scopes, createdAt, expiresAt }) => ({
      id: token,
      name,
      scopes,
      createdAt: isoOf(createdAt),
      expiresAt: isoOf(expiresAt),
    }))
  })

/** The token is in the answer and nowhere else. @throws Problem as changeService, invalid_input, too_many, forbidden for who is not active */
export const createToken = (
  deps: Deps,
  handle: ManagerHandle,
  place: ServicePlace,
  { name, scopes, expiresAt }: NewManagedToken,
): Promise<{ id: string; token: string }> =>
  changeService(deps, handle, place, (tx, { user, manager }) => {
    const wanted = { name, scopes: [...new Set(scopes)], expiresAt: futureOf(deps, expiresAt) }
    return createPersonalToken(deps, tx, user, wanted, manager.id)
  })

/** @throws Problem as changeService, not_found */
export const deleteToken = (
  deps: Deps,
  handle: ManagerHandle,
  { token, ...place }: ServicePlace & { token: string },
): Promise<{ done: boolean }> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    if (!isId('pat', token) || !(await removePersonalToken(deps, tx, user, token, manager.id)))
      throw new Problem('not_found')
    return { done: true }
  })

/** Ten years at most: what lives longer is forgotten and never replaced. */
const LONGEST = 3_660 * 86_400_000

function futureOf({ clock }: Deps, iso: string): number {
  const end = Date.parse(iso)
  if (!(end > clock.now() && end <= clock.now() + LONGEST))
    throw new Problem('invalid_input', { fields: { expiresAt: ['invalid'] } })
  return end
}
