import { type Role, scopeOf } from '@vestibule/shared/roles.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'
import { addKey } from '../service-users/machine-keys.ts'
import { createServiceUser as create } from '../service-users/service-user.ts'
import type { ChangeOf } from './change.ts'
import { endAccess } from './end-access.ts'
import { grantProjectRoles } from './execute-project.ts'
import { type Execution, organizationOf } from './execution.ts'

export async function createServiceUser(execution: Execution, change: ChangeOf<'create_service_user'>): Promise<void> {
  const { deps, tx, now } = execution
  const organizationId = organizationOf(execution, change.primaryDomain)
  const { clientId, name, subject, secretHashes, settings, state } = change
  const id = await create(deps, tx, { organizationId, clientId, name, subject, secretHashes, settings })
  if (state !== 'active') await deps.repositories.users.change(tx, id, { state }, now)
  await addKeysAndRoles(execution, change, { id, organizationId })
  await grantProjectRoles(execution, { id, organizationId }, change.projectRoles)
}

export async function changeServiceUser(execution: Execution, change: ChangeOf<'change_service_user'>): Promise<void> {
  const { deps, tx, now } = execution
  const organizationId = organizationOf(execution, change.primaryDomain)
  const { id, clientId, name, state, secretHashes, settings, differences } = change
  await deps.repositories.users.change(tx, id, { displayName: name, state }, now)
  await deps.repositories.applications.changeService(tx, clientId, { name, secretHashes: [...secretHashes], settings })
  if (state === 'deactivated') await endAccess(execution, { id, organizationId })
  if (differences.length > 0) {
    const data = { changed: differences.map((difference) => difference.name) }
    await recordEvent(deps, tx, { type: 'service_user.changed', organizationId, target: id, data })
  }
  await addKeysAndRoles(execution, change, { id, organizationId })
  await grantProjectRoles(execution, { id, organizationId }, change.projectRoles)
}

async function addKeysAndRoles(
  { deps, tx }: Execution,
  { keys, roles, clientId }: Pick<ChangeOf<'create_service_user'>, 'keys' | 'roles' | 'clientId'>,
  { id, organizationId }: { id: UserId; organizationId: OrganizationId },
): Promise<void> {
  for (const key of keys) await addKey(deps, tx, { id, organizationId }, key)
  const placeOf = (role: Role) => (scopeOf(role) === 'instance' ? 'instance' : organizationId)
  for (const role of roles) await deps.repositories.managerRoles.grant(tx, { userId: id, scope: placeOf(role), role })
  if (roles.length > 0)
    await recordEvent(deps, tx, {
      type: 'service_user.changed',
      organizationId,
      target: id,
      data: { changed: ['roles'], clientId },
    })
}
