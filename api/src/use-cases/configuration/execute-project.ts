import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'
import type { ChangeOf, ProjectRoles } from './change.ts'
import { type Execution, organizationOf } from './execution.ts'

export async function setProject(execution: Execution, change: ChangeOf<'set_project'>): Promise<void> {
  const { deps, tx, actor = null } = execution
  const { id, name, assertsRoles, isNew, differences } = change
  const organizationId = organizationOf(execution, change.primaryDomain)
  const grantedTo = change.grantedTo.map((domain) => organizationOf(execution, domain))
  const row = { id, organizationId, name, assertsRoles, roles: [...change.roles], grantedTo }
  await deps.repositories.projects.set(tx, row)
  const changed = differences.map((difference) => difference.name)
  await recordEvent(deps, tx, {
    type: isNew ? 'project.created' : 'project.changed',
    organizationId,
    actor,
    target: id,
    data: isNew ? {} : { changed },
  })
}

/** What somebody is in projects from now on. */
export async function grantProjectRoles(
  { deps, tx }: Execution,
  { id: userId, organizationId }: { id: UserId; organizationId: OrganizationId },
  all: readonly ProjectRoles[],
): Promise<void> {
  for (const { project: projectId, roles } of all) {
    await deps.repositories.projects.grant(tx, { userId, projectId, roles: [...roles] })
    await recordEvent(deps, tx, {
      type: 'user.project_roles_changed',
      organizationId,
      target: userId,
      data: { project: projectId, roles },
    })
  }
}
