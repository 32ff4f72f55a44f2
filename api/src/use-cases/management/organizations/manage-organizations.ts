import type { ManagedOrganization } from '@vestibule/shared/contract/managed-organizations.ts'
import type { Deps, Executor, Organization } from '../../../deps.ts'
import { isId, newId, type OrganizationId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { forgetFaces } from '../../face.ts'
import { recordEvent } from '../../record-event.ts'
import { endAccess } from '../../sign-out/end-access.ts'
import { changeAsManager } from '../change.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type Manager, type ManagerHandle, type Owner } from '../manager.ts'

type Filter = { state?: Organization['state'] | undefined; primaryDomain?: string | undefined }

/** The oldest first. @throws Problem as actAsManager, cursor_invalid */
export function listOrganizations(
  deps: Deps,
  handle: ManagerHandle,
  { limit, after, state, primaryDomain }: Paging & Filter,
): Promise<{ organizations: ManagedOrganization[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    await actAsManager(deps, tx, handle, null)
    const list = ['organizations', state ?? null, primaryDomain ?? null]
    const key = openCursor(deps, list, after)
    const found = await deps.repositories.organizations.list(tx, {
      state: state ?? null,
      primaryDomain: primaryDomain ?? null,
      after: key !== null && isId('org', key) ? key : null,
      most: limit + 1,
    })
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf: ({ id }) => id })
    return { organizations: rows.map(viewOf), next }
  })
}

/** @throws Problem as actAsManager */
export function getOrganization(deps: Deps, handle: ManagerHandle, organization: string): Promise<ManagedOrganization> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    return viewOf(await rowOf(deps, tx, owner))
  })
}

type New = { name: string; primaryDomain: string }

/** @throws Problem as changeAsManager, invalid_input for a domain that another one has */
export const createOrganization = (
  deps: Deps,
  handle: ManagerHandle,
  { name, primaryDomain }: New,
): Promise<ManagedOrganization> =>
  changeAsManager(deps, handle, null, async (tx, { manager }) => {
    const { organizations } = deps.repositories
    const taken = () => new Problem('invalid_input', { fields: { primaryDomain: ['taken'] } })
    const [known] = await organizations.listByPrimaryDomain(tx, [primaryDomain])
    const [owned] = await organizations.listDomains(tx, [primaryDomain])
    if (known || owned) throw taken()
    const id = newId('org', { now: deps.clock.now, randomBytes: deps.randomBytes })
    const isDefault = (await organizations.findDefault(tx)) === null
    await organizations.create(tx, { id, name, primaryDomain, isDefault, createdAt: deps.clock.now() })
    await recordEvent(deps, tx, { type: 'organization.created', organizationId: id, actor: manager.id, target: id })
    return viewOf(await rowOf(deps, tx, id))
  })

/** @throws Problem as changeAsManager */
export const renameOrganization = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { name }: { name: string },
): Promise<ManagedOrganization> => changeOne(deps, handle, organization, { name }, async () => {})

/** Everybody in it is out at once. The default one stays: something has to answer. @throws Problem as changeAsManager, forbidden */
export const deactivateOrganization = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
): Promise<ManagedOrganization> =>
  changeOne(deps, handle, organization, { state: 'deactivated' }, async (tx, { id, isDefault }, manager) => {
    if (isDefault) throw new Problem('forbidden')
    for (const user of await deps.repositories.organizations.listUsersWithAccess(tx, id))
      await endAccess(deps, tx, { id: user, organizationId: id }, null, manager.id)
  })

/** @throws Problem as changeAsManager */
export const reactivateOrganization = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
): Promise<ManagedOrganization> => changeOne(deps, handle, organization, { state: 'active' }, async () => {})

type Values = { name: string } | { state: Organization['state'] } | { loginDomain: string | null }

/** One member of an organization becomes another, with its event; nothing where it is that already. */
export async function changeOne(
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  values: Values,
  besides: (tx: Executor, before: Organization, manager: Manager) => Promise<void>,
): Promise<ManagedOrganization> {
  const changed = await changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const before = await rowOf(deps, tx, owner)
    const names = (Object.keys(values) as (keyof Organization)[]).filter(
      (name) => before[name] !== (values as Partial<Organization>)[name],
    )
    if (names.length === 0) return viewOf(before)
    await besides(tx, before, manager)
    await deps.repositories.organizations.change(tx, before.id, values)
    const whose = { organizationId: before.id, actor: manager.id, target: before.id, data: { changed: names } }
    await recordEvent(deps, tx, { type: 'organization.changed', ...whose })
    return viewOf(await rowOf(deps, tx, before.id))
  })
  forgetFaces(deps)
  return changed
}

async function rowOf({ repositories }: Deps, tx: Executor, owner: Owner | OrganizationId): Promise<Organization> {
  const row = owner === 'instance' ? null : await repositories.organizations.find(owner, tx)
  if (!row) throw new Problem('not_found')
  return row
}

const viewOf = ({
  id,
  name,
  primaryDomain,
  loginDomain,
  state,
  isDefault,
  createdAt,
}: Organization): ManagedOrganization => ({
  id,
  name,
  primaryDomain,
  loginDomain,
  state,
  isDefault,
  createdAt: new Date(createdAt).toISOString(),
})
