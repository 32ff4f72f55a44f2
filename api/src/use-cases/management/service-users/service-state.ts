import type {
  ManagedServiceUser,
  NewManagedServiceUser,
  ServiceUserChange,
} from '@vestibule/shared/contract/managed-service-users.ts'
import { tokenHash } from '../../../crypto/token.ts'
import type { Deps, Executor, ListedServiceUser } from '../../../deps.ts'
import type { UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { differencesOf } from '../../configuration/difference.ts'
import { deleteAccount } from '../../deletion/delete-accounts.ts'
import { mustLeaveOwner } from '../../deletion/must-leave-owner.ts'
import { recordEvent } from '../../record-event.ts'
import { createServiceUser as create } from '../../service-users/service-user.ts'
import { changeAsManager } from '../change.ts'
import type { ManagerHandle } from '../manager.ts'
import { isFree } from '../names.ts'
import { changeService, type ServicePlace, serviceUserNow } from './service-member.ts'

const taken = (field: string) => new Problem('invalid_input', { fields: { [field]: ['taken'] } })

/** @throws Problem as changeAsManager, invalid_input for a name that somebody has */
export const createServiceUser = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { clientId, name, subject, settings = {} }: NewManagedServiceUser,
): Promise<ManagedServiceUser> =>
  changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    if (owner === 'instance') throw new Problem('not_found')
    if (!(await isFree(deps, tx, clientId))) throw taken('clientId')
    if (subject !== undefined && (subject === clientId || !(await isFree(deps, tx, subject)))) throw taken('subject')
    const wanted = { organizationId: owner, clientId, name, subject: subject ?? null, secretHashes: [], settings }
    return serviceUserNow(deps, tx, await create(deps, tx, wanted, manager.id))
  })

/** @throws Problem as changeService */
export const changeServiceUser = (
  deps: Deps,
  handle: ManagerHandle,
  place: ServicePlace,
  { name, settings = {} }: ServiceUserChange,
): Promise<ManagedServiceUser> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    const { application, displayName } = user
    const before = { name: displayName, ...application.settings }
    const after = { ...before, ...settings, ...(name === undefined ? {} : { name }) }
    const changed = differencesOf(before, after).map((difference) => difference.name)
    if (changed.length === 0) return serviceUserNow(deps, tx, user.id)
    const { name: called, ...all } = after
    await deps.repositories.users.change(tx, user.id, { displayName: called }, deps.clock.now())
    const values = { name: called, secretHashes: [...application.secretHashes], settings: all }
    await deps.repositories.applications.changeService(tx, application.clientId, values)
    await note(deps, tx, { user, by: manager.id, changed })
    return serviceUserNow(deps, tx, user.id)
  })

/** Everything it was given ends at once, and none of its keys, secrets and tokens opens anything. @throws Problem as changeService, last_owner */
export const deactivateServiceUser = (
  deps: Deps,
  handle: ManagerHandle,
  place: ServicePlace,
): Promise<ManagedServiceUser> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    if (user.state !== 'deactivated') {
      await mustLeaveOwner(deps, tx, user.id)
      await deps.repositories.users.change(tx, user.id, { state: 'deactivated' }, deps.clock.now())
      await deps.repositories.grants.revokeOfUser(tx, user.id, deps.clock.now())
      await note(deps, tx, { user, by: manager.id, changed: ['state'] })
    }
    return serviceUserNow(deps, tx, user.id)
  })

/** What it had before stays ended; its keys and secret open again. @throws Problem as changeService */
export const reactivateServiceUser = (
  deps: Deps,
  handle: ManagerHandle,
  place: ServicePlace,
): Promise<ManagedServiceUser> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    if (user.state !== 'active') {
      await deps.repositories.users.change(tx, user.id, { state: 'active' }, deps.clock.now())
      await note(deps, tx, { user, by: manager.id, changed: ['state'] })
    }
    return serviceUserNow(deps, tx, user.id)
  })

/** With its client, keys and tokens; neither its subject nor its client id is given to anybody again. @throws Problem as changeService, last_owner */
export const deleteServiceUser = (deps: Deps, handle: ManagerHandle, place: ServicePlace): Promise<{ done: boolean }> =>
  changeService(deps, handle, place, async (tx, { user, manager }) => {
    const { departures, managedApplications, grants } = deps.repositories
    const now = deps.clock.now()
    await mustLeaveOwner(deps, tx, user.id)
    await grants.revokeOfUser(tx, user.id, now)
    await managedApplications.remove(tx, user.application.id)
    await departures.retireSubject(tx, tokenHash(user.application.clientId), now)
    await departures.hasten(tx, user.id, now)
    return { done: await deleteAccount(deps, tx, user.id, manager.id) }
  })

type Note = { user: ListedServiceUser; by: UserId | null; changed: string[] }

const note = (deps: Deps, tx: Executor, { user, by, changed }: Note): Promise<void> =>
  recordEvent(deps, tx, {
    type: 'service_user.changed',
    organizationId: user.organizationId,
    actor: by,
    target: user.id,
    data: { changed },
  })
