import type { ProjectConfiguration } from '@vestibule/shared/configuration-project.ts'
import type { ProjectId, UserId } from '../../domain/ids.ts'
import type { ProjectRoles } from './change.ts'
import { differencesOf, isSame } from './difference.ts'
import type { Fault } from './fault.ts'
import type { Place } from './place.ts'
import type { Plan } from './plan.ts'
import type { State } from './state.ts'

/** A project: made, or changed where the file says something else. `domains` are the primary domains that the file names. */
export function planProject(
  state: State,
  { path, primaryDomain, owner }: Place,
  wanted: ProjectConfiguration,
  domains: ReadonlySet<string>,
): Plan {
  const id = wanted.id as ProjectId
  const stored = state.projects.get(id)
  const faults: Fault[] = []
  if (stored && stored.organizationId !== owner)
    faults.push({ path: `${path}.id`, message: 'belongs to a project of another organization.' })
  if (state.applications.has(id) || state.usersBySubject.has(id))
    faults.push({ path: `${path}.id`, message: 'is a client id or the subject of a user.' })
  for (const [index, domain] of (wanted.grantedTo ?? []).entries())
    if (!domains.has(domain) && !state.organizations.has(domain))
      faults.push({ path: `${path}.grantedTo[${index}]`, message: 'is no organization.' })

  const before = stored && {
    name: stored.name,
    assertsRoles: stored.assertsRoles,
    roles: stored.roles,
    grantedTo: domainsOf(state, stored.grantedTo),
  }
  const after = {
    name: wanted.name,
    assertsRoles: wanted.assertsRoles ?? before?.assertsRoles ?? false,
    roles: wanted.roles ?? before?.roles ?? [],
    grantedTo: wanted.grantedTo ?? before?.grantedTo ?? [],
  }
  const differences = before ? differencesOf(before, after) : []
  if (before && differences.length === 0) return { changes: [], faults }
  return { changes: [{ kind: 'set_project', primaryDomain, id, ...after, isNew: !before, differences }], faults }
}

const domainsOf = ({ organizations }: State, ids: readonly string[]): string[] =>
  ids.map((id) => [...organizations.values()].find((known) => known.id === id)?.primaryDomain ?? id)

/** What has to be said anew of somebody in projects; `id` is null for who is still to be made. */
export const newProjectRoles = (
  state: State,
  id: UserId | null,
  wanted: readonly { project: string; roles: readonly string[] }[] = [],
): ProjectRoles[] =>
  wanted
    .map(({ project, roles }) => ({ project: project as ProjectId, roles }))
    .filter(({ project, roles }) => !isSame((id && state.projectRoles.get(`${id}/${project}`)) ?? [], roles))
