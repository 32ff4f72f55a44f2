import { type Role, scopeOf } from '@vestibule/shared/roles.ts'
import { newId, type OrganizationId, type UserId } from '../../domain/ids.ts'
import { Unavailable } from '../../domain/unavailable.ts'
import { endOutstanding, setPassword } from '../password/set-password.ts'
import { recordEvent } from '../record-event.ts'
import { changeState } from '../users/change-state.ts'
import type { ChangeOf, PlannedIdentifier, PlannedMetadata } from './change.ts'
import { grantProjectRoles } from './execute-project.ts'
import { type Execution, organizationOf, passwordKey } from './execution.ts'

export async function createUser(execution: Execution, change: ChangeOf<'create_user'>): Promise<void> {
  const { deps, tx, now } = execution
  const organizationId = organizationOf(execution, change.primaryDomain)
  const id = newId('usr', { now: deps.clock.now, randomBytes: deps.randomBytes })
  const { displayName, profile, state } = change
  const user = { id, organizationId, kind: 'human', subject: change.subject ?? id, displayName, profile, now } as const
  const identifiers = change.identifiers.map((name) => stamped(execution, name))
  mustBeFree(await deps.repositories.users.create(tx, { ...user, identifiers }))
  if (state !== 'active') await deps.repositories.users.change(tx, id, { state }, now)
  await recordEvent(deps, tx, { type: 'user.created', organizationId, target: id })
  await setPasswordAndRoles(execution, change, { id, organizationId })
  await grantProjectRoles(execution, { id, organizationId }, change.projectRoles)
  await setMetadata(execution, id, change.metadata)
}

export async function changeUser(execution: Execution, change: ChangeOf<'change_user'>): Promise<void> {
  const { deps, tx, now } = execution
  const { users, trustedDevices } = deps.repositories
  const organizationId = organizationOf(execution, change.primaryDomain)
  const { id, values, identifiers, differences, roles, metadata } = change
  const { state, ...person } = values
  // what was sent to an old address opens nothing
  if (identifiers.length > 0) {
    await endOutstanding(deps, tx, id)
    await trustedDevices.removeOfUser(tx, id)
  }
  const before = await users.findPerson(id, tx)
  if (before && state) await changeState(deps, tx, before, state, null)
  await users.change(tx, id, person, now)
  for (const name of identifiers)
    mustBeFree(await users.replaceIdentifier(tx, id, organizationId, stamped(execution, name)))
  // another state has an event of its own
  const changed = [
    ...differences.map(({ name }) => name).filter((name) => name !== 'state'),
    ...(roles.length > 0 ? ['roles'] : []),
    ...(metadata.length > 0 ? ['metadata'] : []),
  ]
  if (changed.length > 0)
    await recordEvent(deps, tx, { type: 'user.changed', organizationId, target: id, data: { changed } })
  await setPasswordAndRoles(execution, change, { id, organizationId })
  await grantProjectRoles(execution, { id, organizationId }, change.projectRoles)
  await setMetadata(execution, id, metadata)
}

async function setMetadata({ deps, tx }: Execution, userId: UserId, all: readonly PlannedMetadata[]): Promise<void> {
  for (const one of all) await deps.repositories.userMetadata.set(tx, { userId, ...one })
}

type Wanted = Pick<ChangeOf<'create_user'>, 'primaryDomain' | 'label' | 'password' | 'roles'>

async function setPasswordAndRoles(
  { deps, tx, hashes }: Execution,
  { password, roles, ...who }: Wanted,
  user: { id: UserId; organizationId: OrganizationId },
): Promise<void> {
  if (password) {
    const hash = 'hash' in password ? password.hash : hashes.get(passwordKey(who))
    if (hash === undefined) throw new Error('a password was not hashed')
    await setPassword(deps, tx, user, hash, { mustChange: password.mustChange })
  }
  const placeOf = (role: Role) => (scopeOf(role) === 'instance' ? 'instance' : user.organizationId)
  const grant = (role: Role) =>
    deps.repositories.managerRoles.grant(tx, { userId: user.id, scope: placeOf(role), role })
  for (const role of roles) await grant(role)
}

const stamped = ({ now }: Execution, { kind, value, isVerified }: PlannedIdentifier) => ({
  kind,
  value,
  verifiedAt: isVerified ? now : null,
})

/** The plan saw it free in this transaction; on PostgreSQL somebody else may have committed since. */
function mustBeFree(isFree: boolean): void {
  if (!isFree) throw new Unavailable('a name was taken meanwhile')
}
