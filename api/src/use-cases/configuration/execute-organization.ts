import { newId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'
import { endOverdueTrust } from '../trusted-devices/end-overdue-trust.ts'
import type { ChangeOf } from './change.ts'
import { endAccess } from './end-access.ts'
import { type Execution, organizationOf } from './execution.ts'

export async function createOrganization(execution: Execution, change: ChangeOf<'create_organization'>): Promise<void> {
  const { deps, tx, now, organizations } = execution
  const { primaryDomain, name, state, loginDomain } = change
  const id = newId('org', { now: deps.clock.now, randomBytes: deps.randomBytes })
  await deps.repositories.organizations.create(tx, {
    id,
    name,
    primaryDomain,
    loginDomain,
    isDefault: false,
    createdAt: now,
  })
  if (state !== 'active') await deps.repositories.organizations.change(tx, id, { state })
  organizations.set(primaryDomain, id)
  await recordEvent(deps, tx, { type: 'organization.created', organizationId: id, target: id })
}

/** A deactivated organization is left by everybody in it. */
export async function changeOrganization(execution: Execution, change: ChangeOf<'change_organization'>): Promise<void> {
  const { deps, tx } = execution
  const id = organizationOf(execution, change.primaryDomain)
  await deps.repositories.organizations.change(tx, id, change.values)
  if (change.values.state === 'deactivated') {
    const users = await deps.repositories.organizations.listUsersWithAccess(tx, id)
    for (const user of users) await endAccess(execution, { id: user, organizationId: id })
    await deps.repositories.trustedDevices.removeCheckedUntil(tx, id, execution.now)
  }
  await recordChange(
    execution,
    change.primaryDomain,
    change.differences.map(({ name }) => name),
  )
}

export async function addDomain(
  execution: Execution,
  { primaryDomain, domain }: ChangeOf<'add_domain'>,
): Promise<void> {
  const { deps, tx, now } = execution
  await deps.repositories.organizations.addDomain(tx, organizationOf(execution, primaryDomain), domain, now)
  await recordChange(execution, primaryDomain, ['domains'])
}

export async function setDefault(
  execution: Execution,
  { primaryDomain, before }: ChangeOf<'set_default'>,
): Promise<void> {
  const { deps, tx } = execution
  const previous = before === null ? null : await deps.repositories.organizations.findDefault(tx)
  await deps.repositories.organizations.makeDefault(tx, organizationOf(execution, primaryDomain))
  await recordChange(execution, primaryDomain, ['default'])
  if (!previous) return
  const { id } = previous
  await recordEvent(deps, tx, {
    type: 'organization.changed',
    organizationId: id,
    target: id,
    data: { changed: ['default'] },
  })
}

export async function setPolicy(execution: Execution, change: ChangeOf<'set_policy'>): Promise<void> {
  const { deps, tx, now } = execution
  const owner = change.primaryDomain === null ? 'instance' : organizationOf(execution, change.primaryDomain)
  const { policy, value } = change
  if (policy === 'login') await endOverdueTrust(deps, tx, owner)
  await deps.repositories.policies.set(tx, { owner, kind: policy, value, updatedAt: now })
  if (policy === 'login') await endOverdueTrust(deps, tx, owner)
  const changed = change.differences.map(({ name }) => name)
  await recordEvent(deps, tx, {
    type: 'policy.changed',
    organizationId: owner,
    target: owner,
    data: { policy, changed },
  })
}

async function recordChange(execution: Execution, primaryDomain: string, changed: string[]): Promise<void> {
  const id = organizationOf(execution, primaryDomain)
  const { deps, tx } = execution
  await recordEvent(deps, tx, { type: 'organization.changed', organizationId: id, target: id, data: { changed } })
}
