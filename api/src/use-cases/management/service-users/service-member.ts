import type { ManagedServiceUser } from '@vestibule/shared/contract/managed-service-users.ts'
import type { Resolved } from '@vestibule/shared/policies.ts'
import type { Deps, Executor, ListedServiceUser } from '../../../deps.ts'
import { isId, type UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { sourcedLifetimes } from '../../../domain/token-lifetimes.ts'
import type { UserState } from '../../../domain/user.ts'
import { changeAsManager } from '../change.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type Manager, type ManagerHandle, mustNotOutrank, type Owner } from '../manager.ts'

/** Which one the address names. */
export type ServicePlace = { organization: string; serviceUser: string }

/** A service user of this organization, in any state. @throws Problem not_found for anything else */
async function getServiceUserOf({ repositories }: Deps, tx: Executor, owner: Owner, id: string) {
  const found = isId('usr', id) ? await repositories.managedServiceUsers.find(id, tx) : null
  if (found?.organizationId !== owner) throw new Problem('not_found')
  return found
}

type Acting = { user: ListedServiceUser; manager: Manager }

/** What a manager does to a service user that may not do more than they may. @throws Problem as changeAsManager, not_found, forbidden */
export function changeService<T>(
  deps: Deps,
  handle: ManagerHandle,
  { organization, serviceUser }: ServicePlace,
  work: (tx: Executor, acting: Acting) => Promise<T>,
): Promise<T> {
  return changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const user = await getServiceUserOf(deps, tx, owner, serviceUser)
    await mustNotOutrank(deps, tx, manager, user.id)
    return work(tx, { user, manager })
  })
}

/** What a manager reads of one. @throws Problem as actAsManager, not_found */
export function readService<T>(
  deps: Deps,
  handle: ManagerHandle,
  { organization, serviceUser }: ServicePlace,
  read: (tx: Executor, user: ListedServiceUser) => Promise<T>,
): Promise<T> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    return read(tx, await getServiceUserOf(deps, tx, owner, serviceUser))
  })
}

export const getServiceUser = (deps: Deps, handle: ManagerHandle, place: ServicePlace): Promise<ManagedServiceUser> =>
  readService(deps, handle, place, (tx, user) => showServiceUser(deps, tx, user))

/** The oldest first. @throws Problem as actAsManager, cursor_invalid */
export function listServiceUsers(
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { limit, after, state = null }: Paging & { state?: UserState | undefined | null },
): Promise<{ serviceUsers: ManagedServiceUser[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    if (owner === 'instance') throw new Problem('not_found')
    const list = ['service users', owner, state]
    const key = openCursor(deps, list, after)
    const behind = key !== null && isId('usr', key) ? key : null
    const wanted = { organizationId: owner, state, after: behind, most: limit + 1 }
    const found = await deps.repositories.managedServiceUsers.list(tx, wanted)
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf: ({ id }) => id })
    const tokens = await deps.repositories.policies.resolve('tokens', owner, tx)
    return { serviceUsers: rows.map((row) => serviceUserView(row, tokens)), next }
  })
}

/** As it is now, once something was changed. */
export async function serviceUserNow(deps: Deps, tx: Executor, id: UserId): Promise<ManagedServiceUser> {
  const user = await deps.repositories.managedServiceUsers.find(id, tx)
  if (!user) throw new Problem('not_found')
  return showServiceUser(deps, tx, user)
}

/** One, with what it goes by. */
const showServiceUser = async ({ repositories }: Deps, tx: Executor, user: ListedServiceUser) =>
  serviceUserView(user, await repositories.policies.resolve('tokens', user.organizationId, tx))

function serviceUserView({ application, ...user }: ListedServiceUser, tokens: Resolved<'tokens'>): ManagedServiceUser {
  const { accessTokenFormat, accessTokenLifetime, idTokenAlgorithm, assertionAudienceCompatibility, clockSkew } =
    application.settings
  return {
    id: user.id,
    organization: user.organizationId,
    subject: user.subject,
    state: user.state,
    clientId: application.clientId,
    name: user.displayName,
    hasSecret: application.secretHashes.length > 0,
    settings: { accessTokenFormat, accessTokenLifetime, idTokenAlgorithm, assertionAudienceCompatibility, clockSkew },
    lifetimes: { accessTokenLifetime: sourcedLifetimes(application.settings, tokens).accessTokenLifetime },
    createdAt: new Date(user.createdAt).toISOString(),
  }
}
