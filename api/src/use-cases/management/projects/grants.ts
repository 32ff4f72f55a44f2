import type { ManagedGrant } from '@vestibule/shared/contract/managed-projects.ts'
import type { Deps, Executor } from '../../../deps.ts'
import { isId, type ProjectId, type UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { recordEvent } from '../../record-event.ts'
import { changeAsManager } from '../change.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type ManagerHandle, mustNotOutrank, type Owner } from '../manager.ts'
import { getProjectOf, type ProjectPlace } from './manage-projects.ts'

type UserPlace = { organization: string; user: string }
type GrantPlace = UserPlace & { project: string }
type Row = { userId: UserId; projectId: ProjectId; roles: string[] }

const viewOf = ({ userId, projectId, roles }: Row): ManagedGrant => ({ user: userId, project: projectId, roles })

/** Who of the organization has roles in one of its projects, by their ids. @throws Problem as actAsManager, not_found, cursor_invalid */
export function listProjectGrants(
  deps: Deps,
  handle: ManagerHandle,
  { organization, project }: ProjectPlace,
  { limit, after }: Paging,
): Promise<{ grants: ManagedGrant[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    const { id, organizationId } = await getProjectOf(deps, tx, owner, project)
    const list = ['grants', organizationId, id]
    const key = openCursor(deps, list, after)
    const found = await deps.repositories.projects.listGrantsOf(tx, {
      projectId: id,
      organizationId,
      after: key !== null && isId('usr', key) ? key : null,
      most: limit + 1,
    })
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf: ({ userId }) => userId })
    return { grants: rows.map(viewOf), next }
  })
}

/** @throws Problem as actAsManager, not_found */
export function listUserGrants(
  deps: Deps,
  handle: ManagerHandle,
  { organization, user }: UserPlace,
): Promise<ManagedGrant[]> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    const { id } = await getGrantee(deps, tx, owner, user)
    return (await deps.repositories.projects.listGrants([id], tx)).map(viewOf)
  })
}

/** People and service users alike. @throws Problem not_found */
async function getGrantee({ repositories }: Deps, tx: Executor, owner: Owner, user: string) {
  const person = isId('usr', user) ? await repositories.users.findPerson(user, tx) : null
  if (!person || person.organizationId !== owner) throw new Problem('not_found')
  return person
}

/**
 * Roles of a project that the organization may use, its own or one that is granted to it. None takes the grant away.
 * @throws Problem as changeAsManager, not_found, invalid_input for a role that the project does not have
 */
export const setUserGrant = (
  deps: Deps,
  handle: ManagerHandle,
  { organization, user, project }: GrantPlace,
  wanted: readonly string[],
): Promise<ManagedGrant> =>
  changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const grantee = await getGrantee(deps, tx, owner, user)
    await mustNotOutrank(deps, tx, manager, grantee.id)
    const known = await getUsable(deps, tx, grantee.organizationId, project)
    const roles = [...new Set(wanted)]
    if (roles.some((role) => !known.roles.includes(role)))
      throw new Problem('invalid_input', { fields: { roles: ['not_allowed'] } })
    const grant = { userId: grantee.id, projectId: known.id, roles }
    await deps.repositories.projects.grant(tx, grant)
    await recordEvent(deps, tx, {
      type: 'user.project_roles_changed',
      organizationId: grantee.organizationId,
      actor: manager.id,
      target: grantee.id,
      data: { project: known.id, roles },
    })
    return viewOf(grant)
  })

/** @throws Problem as changeAsManager, not_found where there is none */
export const removeUserGrant = (
  deps: Deps,
  handle: ManagerHandle,
  { organization, user, project }: GrantPlace,
): Promise<{ done: boolean }> =>
  changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const { id: userId, organizationId } = await getGrantee(deps, tx, owner, user)
    await mustNotOutrank(deps, tx, manager, userId)
    const held = (await deps.repositories.projects.listGrants([userId], tx)).find((one) => one.projectId === project)
    if (!held) throw new Problem('not_found')
    await deps.repositories.projects.grant(tx, { userId, projectId: held.projectId, roles: [] })
    const data = { project: held.projectId, roles: [] }
    const whose = { organizationId, actor: manager.id, target: userId, data }
    await recordEvent(deps, tx, { type: 'user.project_roles_changed', ...whose })
    return { done: true }
  })

async function getUsable({ repositories }: Deps, tx: Executor, organizationId: Owner, project: string) {
  const isName = /^[A-Za-z0-9._-]{1,64}$/.test(project)
  const [known] = isName ? await repositories.projects.list([project as ProjectId], tx) : []
  const isUsable =
    organizationId !== 'instance' &&
    (known?.organizationId === organizationId || known?.grantedTo.includes(organizationId))
  if (!known || !isUsable) throw new Problem('not_found')
  return known
}
