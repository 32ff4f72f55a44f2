import type { ProjectConfiguration } from '@vestibule/shared/configuration-project.ts'
import type { ManagedProject, ProjectChange } from '@vestibule/shared/contract/managed-projects.ts'
import { tokenHash } from '../../../crypto/token.ts'
import type { Deps, Executor, Project } from '../../../deps.ts'
import type { OrganizationId, ProjectId, UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { planProject } from '../../configuration/plan-project.ts'
import { recordEvent } from '../../record-event.ts'
import { applyOne } from '../apply-one.ts'
import { changeAsManager } from '../change.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type Manager, type ManagerHandle, type Owner } from '../manager.ts'
import { isFree } from '../names.ts'

/** Which one the address names. */
export type ProjectPlace = { organization: string; project: string }

/** By their ids. @throws Problem as actAsManager, cursor_invalid */
export function listProjects(
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { limit, after }: Paging,
): Promise<{ projects: ManagedProject[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    if (owner === 'instance') throw new Problem('not_found')
    const list = ['projects', owner]
    const key = openCursor(deps, list, after) as ProjectId | null
    const found = await deps.repositories.projects.listOfOrganization(tx, { owner, after: key, most: limit + 1 })
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf: ({ id }) => id })
    return { projects: await viewsOf(deps, tx, rows), next }
  })
}

/** @throws Problem as actAsManager, not_found */
export function getProject(
  deps: Deps,
  handle: ManagerHandle,
  { organization, project }: ProjectPlace,
): Promise<ManagedProject> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    return viewOf(deps, tx, await getProjectOf(deps, tx, owner, project))
  })
}

/** A project of this organization. @throws Problem not_found for anything else */
export async function getProjectOf({ repositories }: Deps, tx: Executor, owner: Owner, id: string): Promise<Project> {
  const isName = /^[A-Za-z0-9._-]{1,64}$/.test(id)
  const [project] = isName ? await repositories.projects.list([id as ProjectId], tx) : []
  if (project?.organizationId !== owner) throw new Problem('not_found')
  return project
}

/** @throws Problem as changeAsManager, invalid_input */
export const createProject = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  wanted: ProjectConfiguration,
): Promise<ManagedProject> =>
  changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    if (owner === 'instance') throw new Problem('not_found')
    if (!(await isFree(deps, tx, wanted.id))) throw new Problem('invalid_input', { fields: { id: ['taken'] } })
    return apply(deps, tx, { organizationId: owner, by: manager.id, wanted })
  })

/** What is sent of a project; a role that it has no more counts for nobody. @throws Problem as changeAsManager, not_found, invalid_input */
export const changeProject = (
  deps: Deps,
  handle: ManagerHandle,
  place: ProjectPlace,
  change: ProjectChange,
): Promise<ManagedProject> =>
  changeOne(deps, handle, place, async (tx, project, manager) => {
    const { id, name, grantedTo } = await viewOf(deps, tx, project)
    const wanted = { id, name, grantedTo, ...change }
    return apply(deps, tx, { organizationId: project.organizationId, by: manager.id, wanted })
  })

/** Its id is given to nothing again, because applications still have it in their scopes. @throws Problem as changeAsManager, not_found */
export const deleteProject = (deps: Deps, handle: ManagerHandle, place: ProjectPlace): Promise<{ done: boolean }> =>
  changeOne(deps, handle, place, async (tx, { id, organizationId }, manager) => {
    await deps.repositories.departures.retireSubject(tx, tokenHash(id), deps.clock.now())
    await deps.repositories.projects.remove(tx, id)
    await recordEvent(deps, tx, { type: 'project.deleted', organizationId, actor: manager.id, target: id })
    return { done: true }
  })

function changeOne<T>(
  deps: Deps,
  handle: ManagerHandle,
  { organization, project }: ProjectPlace,
  work: (tx: Executor, project: Project, manager: Manager) => Promise<T>,
): Promise<T> {
  return changeAsManager(deps, handle, organization, async (tx, { manager, owner }) =>
    work(tx, await getProjectOf(deps, tx, owner, project), manager),
  )
}

type Wish = { organizationId: OrganizationId; by: UserId | null; wanted: ProjectConfiguration }

async function apply(deps: Deps, tx: Executor, { wanted, ...whose }: Wish): Promise<ManagedProject> {
  await applyOne(deps, tx, {
    ...whose,
    part: { projects: [wanted] },
    plan: (state, place) => planProject(state, place, wanted, new Set()),
  })
  return viewOf(deps, tx, await getProjectOf(deps, tx, whose.organizationId, wanted.id))
}

const viewOf = async (deps: Deps, tx: Executor, project: Project): Promise<ManagedProject> =>
  (await viewsOf(deps, tx, [project]))[0]!

async function viewsOf({ repositories }: Deps, tx: Executor, projects: readonly Project[]): Promise<ManagedProject[]> {
  const guests = await repositories.organizations.listById(tx, new Set(projects.flatMap(({ grantedTo }) => grantedTo)))
  const domains = new Map(guests.map(({ id, primaryDomain }) => [id, primaryDomain]))
  return projects.map(({ id, organizationId, name, assertsRoles, roles, grantedTo }) => ({
    id,
    organization: organizationId,
    name,
    assertsRoles,
    roles,
    grantedTo: grantedTo.flatMap((guest) => domains.get(guest) ?? []),
  }))
}
